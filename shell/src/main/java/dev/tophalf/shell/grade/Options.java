package dev.tophalf.shell.grade;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the options of {@code tophalf grade} accept, with messages that say it. */
final class Options {
    private Options() {}

    /** What marks are printed as. */
    enum Format {
        TEXT,
        JSON
    }

    static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String word) {
            return switch (word) {
                case "text" -> Format.TEXT;
                case "json" -> Format.JSON;
                default -> throw new TypeConversionException("'" + word + "' is neither text nor json");
            };
        }
    }

    static final class Seconds implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String word) {
            return number(word, 1, Limits.MOST_SECONDS);
        }
    }

    static final class HeapMb implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String word) {
            return number(word, Limits.LEAST_HEAP_MB, Limits.MOST_HEAP_MB);
        }
    }

    static final class Jobs implements ITypeConverter<Integer> {
        private static final int MOST = 256;

        @Override
        public Integer convert(String word) {
            return number(word, 1, MOST);
        }
    }

    private static Integer number(String word, int least, int most) {
        String accepted = "'" + word + "' is not a number from " + least + " to " + most;
        int number;
        try {
            number = Integer.parseInt(word);
        } catch (NumberFormatException none) {
            throw new TypeConversionException(accepted);
        }
        if (number < least || number > most) {
            throw new TypeConversionException(accepted);
        }
        return number;
    }
}
