package io.nightshift.it.fault.judge;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Says of any history which promises were broken: what, which, when. Shares nothing with the code that is to keep them. */
public final class Judge {
    /** Something that must hold in every history. */
    interface Promise {
        /** A sentence for each time that it was broken. */
        Stream<String> broken(History history);
    }

    private static final List<Promise> PROMISES = List.of(
            new OneEnd(),
            new OneWriter(),
            new OneRepository(),
            new TrueSuccess(),
            new OneAnnouncement(),
            new RightSource(),
            new OneNight(),
            new OneSnapshot());

    private Judge() {}

    /** Empty: every promise was kept. */
    public static List<String> broken(History history) {
        return PROMISES.stream().flatMap(promise -> promise.broken(history)).toList();
    }

    /** Judges saved histories again: prints what was broken in each, and ends with 1 if anything was. */
    public static void main(String[] files) throws Exception {
        boolean good = true;
        for (var file : files) {
            var broken = broken(History.read(Path.of(file)));
            System.out.println(file + ": " + (broken.isEmpty() ? "every promise kept" : broken.size() + " broken"));
            broken.forEach(sentence -> System.out.println("  " + sentence));
            good &= broken.isEmpty();
        }
        System.exit(good ? 0 : 1);
    }
}
