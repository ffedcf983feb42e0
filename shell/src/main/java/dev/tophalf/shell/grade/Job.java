package dev.tophalf.shell.grade;

import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.shell.world.DriverLimits;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a worker is told, over its standard input.
 *
 * @param nonce what each record of its answer begins with
 * @param verdict the file that it answers in
 * @param folder the exercise's folder
 * @param machine the machine's description
 * @param submission the driver to judge
 * @param limits what the driver may use of the machine
 * @param specs what judges it
 */
record Job(
        String nonce,
        String verdict,
        String folder,
        ScriptSource machine,
        ScriptSource submission,
        DriverLimits limits,
        CompiledSpecs specs) {

    void write(DataOutputStream out) throws IOException {
        for (String text :
                List.of(nonce, verdict, folder, machine.file(), machine.text(), submission.file(), submission.text())) {
            Wire.write(out, text);
        }
        Wire.write(out, limits.words());
        out.writeInt(specs.classes().size());
        for (Map.Entry<String, byte[]> entry : specs.classes().entrySet()) {
            Wire.write(out, entry.getKey());
            Wire.write(out, entry.getValue());
        }
        Wire.write(out, specs.specs());
        Wire.write(out, specs.features());
    }

    static Job read(DataInputStream in) throws IOException {
        return new Job(
                Wire.text(in),
                Wire.text(in),
                Wire.text(in),
                new ScriptSource(Wire.text(in), Wire.text(in)),
                new ScriptSource(Wire.text(in), Wire.text(in)),
                DriverLimits.ofWords(Wire.texts(in)),
                specs(in));
    }

    private static CompiledSpecs specs(DataInputStream in) throws IOException {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String name = Wire.text(in);
            classes.put(name, Wire.bytes(in));
        }
        return new CompiledSpecs(classes, new ArrayList<>(Wire.texts(in)), Wire.texts(in));
    }
}
