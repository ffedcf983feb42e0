package dev.tophalf.shell.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What a report is printed as. */
enum Format {
    TEXT,
    JSON;

    static final class Converter implements ITypeConverter<Format> {
        @Override
        public Format convert(String word) {
            return switch (word) {
                case "text" -> TEXT;
                case "json" -> JSON;
                default -> throw new TypeConversionException("'" + word + "' is neither text nor json");
            };
        }
    }
}
