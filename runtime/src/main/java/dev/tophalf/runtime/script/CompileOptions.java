package dev.tophalf.runtime.script;

import dev.tophalf.runtime.script.weave.WeaveOptions;
import java.time.Duration;

/**
 * How scripts are compiled.
 *
 * @param deadline how long one script may take, in real time; it guards the host against sources made to hang a
 *     compiler, and no honest one comes near it
 * @param sourceChars how many characters a script may have
 * @param weave what is put in
 */
public record CompileOptions(Duration deadline, int sourceChars, WeaveOptions weave) {
    public static final CompileOptions DEFAULT =
            new CompileOptions(Duration.ofSeconds(20), 1 << 20, WeaveOptions.DEFAULT);

    /** The same with another deadline. */
    public CompileOptions withDeadline(Duration limit) {
        return new CompileOptions(limit, sourceChars, weave);
    }

    /** The same with scripts of another length. */
    public CompileOptions withSourceChars(int most) {
        return new CompileOptions(deadline, most, weave);
    }

    /** The same with other weaving. */
    public CompileOptions withWeave(WeaveOptions options) {
        return new CompileOptions(deadline, sourceChars, options);
    }
}
