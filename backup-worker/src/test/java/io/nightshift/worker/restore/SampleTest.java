package io.nightshift.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static final int MANY = 5000;

    @Test
    void what_fits_is_restored_whole_however_many_files_it_has() {
        var sample = sampleOf("seed", MANY, MANY);
        assertThat(sample.includes()).isEmpty();
        assertThat(sample.files()).isEqualTo(MANY);
        assertThat(sample.bytes()).isEqualTo(MANY);
    }

    @Test
    void what_does_not_fit_is_chosen_within_both_limits() {
        var byNumber = sampleOf("seed", MANY, MANY - 1);
        assertThat(byNumber.files())
                .isEqualTo(Sample.MAX_FILES)
                .isEqualTo(byNumber.includes().size());
        assertThat(byNumber.bytes()).isEqualTo(Sample.MAX_FILES);
        var bySize = sampleOf("seed", MANY, 10);
        assertThat(bySize.files()).isEqualTo(10).isEqualTo(bySize.includes().size());
        assertThat(bySize.allFiles()).isEqualTo(MANY);
        assertThat(bySize.allBytes()).isEqualTo(MANY);
    }

    @Test
    void a_repeated_attempt_restores_the_same_and_other_nights_others_from_everywhere() {
        assertThat(sampleOf("a", MANY, 100).includes())
                .isEqualTo(sampleOf("a", MANY, 100).includes());
        var seen = new HashSet<String>();
        for (int night = 0; night < 50; night++) {
            seen.addAll(sampleOf("night " + night, MANY, 100).includes());
        }
        // 50 draws of 100 from 5,000: 63 percent of them are seen, give or take less than 2.
        assertThat(seen).hasSizeBetween(3000, 3350);
    }

    @Test
    void a_large_file_does_not_keep_small_ones_from_being_tested() {
        var sample = new Sample("seed", 100);
        sample.accept(file("/persist/film", 1000));
        sample.accept(file("/persist/note", 10));
        assertThat(sample.includes()).containsExactly("/persist/note");
        assertThat(sample.bytes()).isEqualTo(10);
        assertThat(sample.filesTooLarge()).isEqualTo(1);
        assertThat(sample.bytesTooLarge()).isEqualTo(1000);
    }

    @Test
    void names_that_are_patterns_mean_themselves_and_what_cannot_be_named_or_is_no_file_is_left_out() {
        var sample = new Sample("seed", 100);
        sample.accept(file("/persist/a*[1]", 1));
        sample.accept(file("/persist/\uFFFD", 1));
        sample.accept(new Archive.Entry("/persist", Archive.Kind.FOLDER, 0, Instant.EPOCH));
        sample.accept(file("/persist/film", 1000));
        assertThat(sample.includes()).containsExactly("/persist/a\\*\\[1\\]");
        assertThat(sample.allFiles()).isEqualTo(3);
    }

    private static Sample sampleOf(String seed, int files, long maxBytes) {
        var sample = new Sample(seed, maxBytes);
        IntStream.range(0, files).forEach(i -> sample.accept(file("/persist/app/" + i, 1)));
        return sample;
    }

    private static Archive.Entry file(String path, long size) {
        return new Archive.Entry(path, Archive.Kind.FILE, size, Instant.EPOCH);
    }
}
