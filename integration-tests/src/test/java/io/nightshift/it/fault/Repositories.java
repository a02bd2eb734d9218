package io.nightshift.it.fault;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nightshift.contract.Target;
import io.nightshift.it.fault.judge.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is in the repositories, by plain restic, as somebody without Nightshift would find out. Each is restored once. */
final class Repositories {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Source: restic manual, "Scripting / Exit codes". */
    private static final int NO_REPOSITORY = 10;

    private final Path folder;
    private final Site site;
    private final Map<String, Entry.Kept> known = new HashMap<>();

    /** @param folder holds what is restored for a moment */
    Repositories(Path folder, Site site) {
        this.folder = folder;
        this.site = site;
    }

    List<Entry.Kept> contents() throws IOException, InterruptedException {
        var contents = new ArrayList<Entry.Kept>();
        for (var target : site.targets()) {
            contents.addAll(contents(target));
        }
        return contents;
    }

    private List<Entry.Kept> contents(Target target) throws IOException, InterruptedException {
        var listed = restic(target, "snapshots", "--json");
        if (listed.code() == NO_REPOSITORY) {
            return List.of();
        }
        if (listed.code() != 0) {
            throw new IOException("the snapshots of " + target + " cannot be listed: " + listed.output());
        }
        var kept = new ArrayList<Entry.Kept>();
        for (var snapshot : JSON.readTree(listed.output())) {
            var id = snapshot.path("id").asText();
            if (!known.containsKey(id)) {
                var tags = new ArrayList<String>();
                snapshot.path("tags").forEach(tag -> tags.add(tag.asText()));
                known.put(id, new Entry.Kept(Instant.now(), target, id, tags, restored(target, id)));
            }
            kept.add(known.get(id));
        }
        return kept;
    }

    private Optional<String> restored(Target target, String id) throws IOException, InterruptedException {
        var to = Files.createTempDirectory(folder, "restored");
        try {
            var ended = restic(target, "restore", id, "--target", to.toString());
            var tree = to.resolve(site.data(target.service()).toString().substring(1));
            return ended.code() == 0 && Files.exists(tree) ? Optional.of(Recorder.treeOf(tree)) : Optional.empty();
        } finally {
            Programs.run("rm", "-rf", to.toString());
        }
    }

    /** Takes no lock: it must not be in the way of what it looks at. */
    private Programs.Ended restic(Target target, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("restic", "--no-lock"));
        command.addAll(List.of(arguments));
        return Programs.run(site.restic(target), command);
    }
}
