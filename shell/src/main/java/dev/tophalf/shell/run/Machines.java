package dev.tophalf.shell.run;

import dev.tophalf.runtime.machine.Machine;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.shell.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The machines that drivers run on. */
public final class Machines {
    /** The default machine, whose source is {@code samples/machines/lab.dts}. */
    private static final String DEFAULT = "lab.dts";

    private Machines() {}

    /** The name of a machine in messages and reports; {@code file} is null for the default machine. */
    public static String name(@Nullable Path file) {
        return file == null ? DEFAULT : file.toString();
    }

    /** Reads a machine's description; {@code file} is null for the default machine. */
    public static Machine read(@Nullable Path file) {
        if (file == null) {
            return lab();
        }
        ScriptSource source = World.source(file);
        return Machine.parse(source.text(), source.file());
    }

    /** The default machine. */
    public static Machine lab() {
        try (InputStream resource = Machines.class.getResourceAsStream("/dev/tophalf/shell/machines/" + DEFAULT)) {
            if (resource == null) {
                throw new IllegalStateException("built without " + DEFAULT);
            }
            return Machine.parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8), DEFAULT);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
