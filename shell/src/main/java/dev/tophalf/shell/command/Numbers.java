package dev.tophalf.shell.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The numbers of the command line, with messages that say what is accepted. */
final class Numbers {
    private Numbers() {}

    static final class Seed implements ITypeConverter<Long> {
        @Override
        public Long convert(String word) {
            try {
                return Long.valueOf(word);
            } catch (NumberFormatException wrong) {
                throw new TypeConversionException("'" + word + "' is no 64-bit number");
            }
        }
    }

    static final class Runs implements ITypeConverter<Integer> {
        private static final int MOST = 100_000_000;

        @Override
        public Integer convert(String word) {
            try {
                int number = Integer.parseInt(word);
                if (number >= 1 && number <= MOST) {
                    return number;
                }
            } catch (NumberFormatException wrong) {
                // told below
            }
            throw new TypeConversionException("'" + word + "' is not a number from 1 to " + MOST);
        }
    }

    static final class Cpus implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String word) {
            if (word.length() == 1 && word.charAt(0) >= '1' && word.charAt(0) <= '8') {
                return word.charAt(0) - '0';
            }
            throw new TypeConversionException("'" + word + "' is not a number from 1 to 8");
        }
    }
}
