package io.nightshift.command;

import io.nightshift.contract.Names;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code [HOST/]SERVICE}, as it is written in arguments; either may be {@code all}. */
record ServiceName(Optional<String> host, String service) {

    @Override
    public String toString() {
        return host.map(name -> name + "/").orElse("") + service;
    }

    boolean isAll() {
        return service.equals(Names.ALL);
    }

    static final class Converter implements ITypeConverter<ServiceName> {
        @Override
        public ServiceName convert(String text) {
            var part = text.split("/", -1);
            if (part.length > 2) {
                throw new TypeConversionException("not [HOST/]SERVICE: '" + text + "'");
            }
            for (var name : part) {
                if (!name.equals(Names.ALL) && !Names.isLegal(name)) {
                    throw new TypeConversionException("not a name: '" + name + "'; " + Names.RULE);
                }
            }
            return part.length == 2
                    ? new ServiceName(Optional.of(part[0]), part[1])
                    : new ServiceName(Optional.empty(), part[0]);
        }
    }
}
