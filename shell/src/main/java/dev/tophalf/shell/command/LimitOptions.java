package dev.tophalf.shell.command;

import dev.tophalf.shell.world.DriverLimits;
import dev.tophalf.shell.world.Limit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** The options that say how much drivers may use: one for each {@link Limit}, the same for every command that runs any. */
final class LimitOptions {
    private DriverLimits limits = DriverLimits.DEFAULT;

    /** What was asked for. */
    DriverLimits limits() {
        return limits;
    }

    /** The options, to be mixed into a command. */
    CommandSpec mixin() {
        CommandSpec mixin = CommandSpec.create();
        for (Limit limit : Limit.values()) {
            mixin.addOption(option(limit));
        }
        return mixin;
    }

    /** Whether {@code option} is one of them. */
    static boolean isLimit(OptionSpec option) {
        for (Limit limit : Limit.values()) {
            if (option.longestName().equals(limit.option())) {
                return true;
            }
        }
        return false;
    }

    private OptionSpec option(Limit limit) {
        ITypeConverter<Long> converter = word -> {
            try {
                return limit.parse(word);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(wrong.getMessage());
            }
        };
        return OptionSpec.builder(limit.option())
                .paramLabel(limit.unit().label())
                .arity("1")
                .type(Long.class)
                .converters(converter)
                .setter(new ISetter() {
                    @Override
                    @SuppressWarnings("unchecked") // as picocli wants it
                    public <T> T set(T value) {
                        if (value instanceof Long amount) {
                            limits = limit.set(limits, amount);
                        }
                        return value;
                    }
                })
                .description(limit.what() + "; " + limit.unit().text(limit.of(DriverLimits.DEFAULT)) + " if not given.")
                .build();
    }
}
