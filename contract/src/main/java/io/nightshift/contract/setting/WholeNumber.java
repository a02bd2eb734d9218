package io.nightshift.contract.setting;

import org.eclipse.microprofile.config.spi.Converter;

/**
 * Settings within limits, by {@code @WithConverter} of one of the classes in here. Not by Hibernate Validator, which for eight such
 * settings took a quarter of the time until a service is ready.
 */
public final class WholeNumber {
    private WholeNumber() {}

    public static final class Positive implements Converter<Integer> {
        private static final long serialVersionUID = 1;

        @Override
        public Integer convert(String text) {
            return within(text, 1, Integer.MAX_VALUE);
        }
    }

    /** How many at once. */
    public static final class Parallel implements Converter<Integer> {
        private static final long serialVersionUID = 1;

        @Override
        public Integer convert(String text) {
            return within(text, 1, 16);
        }
    }

    public static final class Percent implements Converter<Integer> {
        private static final long serialVersionUID = 1;

        @Override
        public Integer convert(String text) {
            return within(text, 1, 100);
        }
    }

    /** Of a message to a person, as Pushover has them. */
    public static final class Priority implements Converter<Integer> {
        private static final long serialVersionUID = 1;

        @Override
        public Integer convert(String text) {
            return within(text, -2, 2);
        }
    }

    private static int within(String text, int least, int most) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, for what is no number either
        }
        throw new IllegalArgumentException("write a whole number "
                + (most == Integer.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most));
    }
}
