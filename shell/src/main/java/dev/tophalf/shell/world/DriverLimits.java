package dev.tophalf.shell.world;

import dev.tophalf.runtime.contract.Budgets;
import dev.tophalf.runtime.script.CompileOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What drivers may use, from their compilation to the end of their run.
 *
 * @param budgets what a run may use
 * @param compileTime how long the compilation of one driver may take, in real time
 * @param sourceChars how many characters a driver may have
 */
public record DriverLimits(Budgets budgets, Duration compileTime, int sourceChars) {
    public static final DriverLimits DEFAULT =
            new DriverLimits(Budgets.DEFAULT, CompileOptions.DEFAULT.deadline(), CompileOptions.DEFAULT.sourceChars());

    /** The same with other budgets. */
    public DriverLimits withBudgets(Budgets other) {
        return new DriverLimits(other, compileTime, sourceChars);
    }

    /** The same with another time for a compilation. */
    public DriverLimits withCompileTime(Duration most) {
        return new DriverLimits(budgets, most, sourceChars);
    }

    /** The same with drivers of another length. */
    public DriverLimits withSourceChars(int most) {
        return new DriverLimits(budgets, compileTime, most);
    }

    /** What the words of a command line ask for; the opposite of {@link #words()}. */
    public static DriverLimits ofWords(List<String> words) {
        DriverLimits limits = DEFAULT;
        for (int i = 0; i + 1 < words.size(); i += 2) {
            Limit limit = Limit.named(words.get(i));
            limits = limit.set(limits, limit.parse(words.get(i + 1)));
        }
        return limits;
    }

    /** As the compiler takes them. */
    public CompileOptions compileOptions() {
        return CompileOptions.DEFAULT.withDeadline(compileTime).withSourceChars(sourceChars);
    }

    /** The words of a command line that ask for them; none for what is usual. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        for (Limit limit : Limit.values()) {
            if (limit.of(this) != limit.of(DEFAULT)) {
                words.add(limit.option());
                words.add(limit.unit().text(limit.of(this)));
            }
        }
        return words;
    }
}
