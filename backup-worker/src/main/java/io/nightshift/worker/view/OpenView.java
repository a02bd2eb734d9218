package io.nightshift.worker.view;

import static java.util.Objects.requireNonNull;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Job;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.Views;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** The checked paths of a job; an open directory stream in each keeps the view from being unmounted, but by force. */
final class OpenView implements Views.View {
    private static final Logger LOG = Logger.getLogger(OpenView.class);

    private final Path root;
    private final Path top;
    private final Check check;
    private final Map<String, Object> paths = new LinkedHashMap<>();
    private final List<DirectoryStream<Path>> streams = new ArrayList<>();

    private OpenView(Path root, Path top, Check check) {
        this.root = root;
        this.top = top;
        this.check = check;
    }

    /** Whether it is what the job names. */
    interface Check {
        void run() throws IOException, InterruptedException;
    }

    /**
     * @param root real path of the view
     * @param top the folder of the host that the root stands for
     * @param points to be kept from being unmounted, beside the paths
     * @param check made once the paths are open, since what is open stays, and when restic has ended
     */
    static OpenView open(Path root, Path top, List<Path> points, Job.Backup job, Check check)
            throws IOException, InterruptedException {
        var view = new OpenView(root.toRealPath(), top, check);
        try {
            for (var path : job.paths()) {
                view.add(path, job);
            }
            for (var point : points) {
                view.keep(point);
            }
            check.run();
            return view;
        } catch (IOException | InterruptedException | RuntimeException e) {
            view.close();
            throw e;
        }
    }

    private void add(String hostPath, Job.Backup job) throws IOException {
        var relative = top.relativize(Path.of(hostPath)).normalize();
        if (relative.isAbsolute() || relative.startsWith("..")) {
            throw new JobFailedException(Cause.CONFIGURATION, hostPath + " is not below " + top, "mend 'paths'");
        }
        var path = root.resolve(relative).normalize();
        requireThere(hostPath, path);
        boolean folder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        var stream = Files.newDirectoryStream(folder ? path : path.getParent());
        streams.add(stream);
        if (folder && !job.allowEmpty() && !stream.iterator().hasNext()) {
            throw new JobFailedException(
                    Cause.PATH_EMPTY,
                    hostPath + " is empty in the snapshot",
                    "see whether its file system was mounted at that time; if it may be empty, set allow-empty: true");
        }
        paths.put(relative.toString().isEmpty() ? "." : relative.toString(), identity(path));
    }

    private void keep(Path point) throws IOException {
        try {
            streams.add(Files.newDirectoryStream(point));
        } catch (AccessDeniedException e) {
            LOG.debugf("not kept open: place=%s", point); // restic will say what it means for the backup
        }
    }

    /** Of the file system and in it; of what is open it is given to nothing else. */
    private static Object identity(Path path) throws IOException {
        return requireNonNull(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey());
    }

    /** A link could lead out of the snapshot, to files that change while they are read. */
    private static void requireThere(String hostPath, Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new JobFailedException(
                    Cause.PATH_MISSING,
                    hostPath + " is not in the snapshot",
                    "correct 'paths' in the fleet file, or see who removed it");
        }
        if (Files.isSymbolicLink(path) || !path.toRealPath().equals(path)) {
            throw new JobFailedException(
                    Cause.PATH_MISSING,
                    hostPath + " leads through a symbolic link, so its data is elsewhere",
                    "write the real path into 'paths' of the fleet file");
        }
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public List<String> paths() {
        return List.copyOf(paths.keySet());
    }

    @Override
    public String inside(String hostPath) {
        var prefix = top.toString().equals("/") ? "" : top.toString();
        boolean below = hostPath.startsWith(prefix + "/");
        return below ? root + hostPath.substring(prefix.length()) : hostPath;
    }

    @Override
    public String onHost(String path) {
        var prefix = top.toString().equals("/") ? "" : top.toString();
        return path.startsWith(root + "/")
                ? prefix + path.substring(root.toString().length())
                : path;
    }

    @Override
    public void requireUnchanged() throws InterruptedException {
        try {
            check.run();
            for (var path : paths.entrySet()) {
                requireSame(path.getKey(), path.getValue());
            }
        } catch (IOException e) {
            throw changed(root + " cannot be read any more: " + e);
        } catch (JobFailedException e) {
            throw changed(e.failure().message());
        }
    }

    private void requireSame(String path, Object identity) throws IOException {
        if (!identity.equals(identity(root.resolve(path)))) {
            throw changed(root.resolve(path) + " is another folder than before");
        }
    }

    private static JobFailedException changed(String why) {
        return SnapshotViews.gone("the view changed while restic read it, so its backup may lack data: " + why);
    }

    @Override
    public void close() {
        for (var stream : streams) {
            try {
                stream.close();
            } catch (IOException e) {
                LOG.warnf("not closed, the view may stay mounted: root=%s why=%s", root, e.getMessage());
            }
        }
    }
}
