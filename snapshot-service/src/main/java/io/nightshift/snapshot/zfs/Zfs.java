package io.nightshift.snapshot.zfs;

import io.nightshift.contract.NightId;
import io.nightshift.snapshot.Programs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The calls of the program {@code zfs}; only output that is made for machines ({@code -Hp}) is read. */
final class Zfs {
    /** The tag of our holds. Holds of other tags are never touched. */
    static final String TAG = "nightshift";

    private final Programs programs;

    Zfs(Programs programs) {
        this.programs = programs;
    }

    /** Mount points as they are set, by dataset, with all datasets below: {@code legacy}, {@code none} and {@code -} are possible. */
    Map<String, String> mountpoints(List<String> roots) throws InterruptedException {
        Map<String, String> mountpoints = new TreeMap<>();
        for (String line :
                zfs(List.of("list", "-Hp", "-r", "-t", "filesystem,volume", "-o", "name,mountpoint"), roots)) {
            int tab = line.indexOf('\t');
            mountpoints.put(line.substring(0, tab), line.substring(tab + 1));
        }
        return mountpoints;
    }

    /**
     * Where datasets are mounted when their pool is imported, by dataset; whether they are now is another matter.
     *
     * @param roots none means all of the host
     */
    Map<String, String> automounted(List<String> roots) throws InterruptedException {
        Map<String, String> places = new TreeMap<>();
        for (String line :
                zfs(List.of("list", "-Hp", "-r", "-t", "filesystem", "-o", "name,canmount,mountpoint"), roots)) {
            String[] column = line.split("\t", 3);
            if (column[1].equals("on") && column[2].startsWith("/")) {
                places.put(column[0], column[2]);
            }
        }
        return places;
    }

    /** How much data each dataset, and those below, can get at by itself. */
    Map<String, Long> referredBytes(List<String> roots) throws InterruptedException {
        Map<String, Long> bytes = new TreeMap<>();
        for (String line :
                zfs(List.of("list", "-Hp", "-r", "-t", "filesystem,volume", "-o", "name,referenced"), roots)) {
            int tab = line.indexOf('\t');
            bytes.put(line.substring(0, tab), Long.parseLong(line.substring(tab + 1)));
        }
        return bytes;
    }

    Map<String, Integer> percentUsed(List<String> pools) throws InterruptedException {
        var argv = new ArrayList<>(List.of("zpool", "list", "-Hp", "-o", "name,capacity"));
        argv.addAll(pools);
        Map<String, Integer> percent = new TreeMap<>();
        for (String line : programs.run(argv)) {
            String[] column = line.split("\t", -1);
            if (!column[1].equals("-")) { // a pool that cannot be used has none
                percent.put(column[0], Integer.parseInt(column[1]));
            }
        }
        return percent;
    }

    List<ZfsSnapshot> snapshots(List<String> roots) throws InterruptedException {
        return ZfsSnapshot.parse(zfs(List.of("list", "-Hp", "-r", "-t", "snapshot", "-o", ZfsSnapshot.COLUMNS), roots));
    }

    /** In one step for all datasets of a pool, and those below. */
    void snapshot(List<String> roots, String name, NightId night) throws InterruptedException {
        Map<String, List<String>> pools =
                roots.stream().collect(Collectors.groupingBy(Zfs::pool, TreeMap::new, Collectors.toList()));
        for (List<String> pool : pools.values()) {
            zfs(List.of("snapshot", "-r", "-o", ZfsSnapshot.NIGHT_PROPERTY + "=" + night), named(pool, name));
        }
    }

    /** In one step for all of a pool, and without those below. */
    void snapshotOnly(Collection<String> datasets, String name) throws InterruptedException {
        Map<String, List<String>> pools =
                datasets.stream().collect(Collectors.groupingBy(Zfs::pool, TreeMap::new, Collectors.toList()));
        for (List<String> pool : pools.values()) {
            zfs(List.of("snapshot"), named(pool, name));
        }
    }

    void hold(List<String> roots, String name) throws InterruptedException {
        zfs(List.of("hold", "-r", TAG), named(roots, name));
    }

    /** Those of them that have our tag. */
    List<String> held(List<String> snapshots) throws InterruptedException {
        return snapshots.isEmpty()
                ? List.of()
                : zfs(List.of("holds", "-Hp"), snapshots).stream()
                        .map(line -> line.split("\t", -1))
                        .filter(column -> column.length > 1 && column[1].equals(TAG))
                        .map(column -> column[0])
                        .toList();
    }

    void release(List<String> snapshots) throws InterruptedException {
        if (!snapshots.isEmpty()) {
            zfs(List.of("release", TAG), snapshots);
        }
    }

    /** Of that dataset and all below. Source: zfs-destroy(8): all are destroyed, or none. */
    void destroy(String root, String name) throws InterruptedException {
        zfs(List.of("destroy", "-r"), List.of(root + "@" + name));
    }

    /** Of one dataset. It refuses where there is a clone or a hold. */
    void destroyOnly(String snapshot) throws InterruptedException {
        zfs(List.of("destroy"), List.of(snapshot));
    }

    void version() throws InterruptedException {
        zfs(List.of("version"), List.of());
    }

    private List<String> zfs(List<String> command, Collection<String> objects) throws InterruptedException {
        var argv = new ArrayList<String>();
        argv.add("zfs");
        argv.addAll(command);
        argv.addAll(objects);
        return programs.run(argv);
    }

    private static List<String> named(List<String> roots, String name) {
        return roots.stream().map(root -> root + "@" + name).toList();
    }

    static String pool(String dataset) {
        int slash = dataset.indexOf('/');
        return slash < 0 ? dataset : dataset.substring(0, slash);
    }
}
