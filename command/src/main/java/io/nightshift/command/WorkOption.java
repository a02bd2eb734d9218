package io.nightshift.command;

import io.nightshift.contract.Work;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a job does, as it is said in arguments. */
final class WorkOption {
    @Option(
            names = "--work",
            paramLabel = "WORK",
            converter = Converter.class,
            defaultValue = "backup",
            description = "backup, forget, check or restore-test (${DEFAULT-VALUE}).")
    private Work work = Work.BACKUP;

    boolean isBackup() {
        return work == Work.BACKUP;
    }

    Work work() {
        return work;
    }

    static final class Converter implements ITypeConverter<Work> {
        @Override
        public Work convert(String text) {
            try {
                return Work.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
