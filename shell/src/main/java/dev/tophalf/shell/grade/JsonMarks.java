package dev.tophalf.shell.grade;

import dev.tophalf.runtime.script.Diagnostic;
import dev.tophalf.shell.Version;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** Prints marks for programs: one JSON object, its keys always there and always in the same order. */
final class JsonMarks implements MarkPrinter {
    private static final int SCHEMA = 1;

    private final PrintWriter out;
    private final Exercise exercise;
    private final Limits limits;
    private final boolean reveal;

    /** Prints to {@code out}; {@code reveal} says whether it tells why hidden items were missed. */
    JsonMarks(PrintWriter out, Exercise exercise, Limits limits, boolean reveal) {
        this.out = out;
        this.exercise = exercise;
        this.limits = limits;
        this.reveal = reveal;
    }

    private static final class Indented extends ObjectWriteContext.Base {
        private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }

        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES);
        }
    }

    @Override
    public void mark(Mark mark) {
        // all of them make one object, at the end
    }

    @Override
    public void end(List<Mark> marks) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(new Indented(), text)) {
            write(json, marks);
        }
        out.print(text.append('\n'));
        out.flush();
    }

    private void write(JsonGenerator json, List<Mark> marks) {
        json.writeStartObject();
        json.writeNumberProperty("schema", SCHEMA);
        json.writeObjectPropertyStart("tool");
        json.writeStringProperty("name", "tophalf");
        json.writeStringProperty("version", Version.text());
        json.writeEndObject();
        json.writeObjectPropertyStart("exercise");
        json.writeStringProperty("folder", exercise.folder().toString());
        json.writeStringProperty("title", exercise.title());
        json.writeStringProperty("machine", exercise.machine().toString());
        json.writeNumberProperty("of", exercise.points());
        json.writeNumberProperty("timeoutSeconds", limits.seconds());
        json.writeNumberProperty("heapMb", limits.heapMb());
        json.writeEndObject();
        array(json, "submissions", marks, mark -> write(json, mark));
        json.writeEndObject();
    }

    private void write(JsonGenerator json, Mark mark) {
        json.writeStartObject();
        json.writeStringProperty("file", mark.file());
        json.writeStringProperty("outcome", mark.outcome().word());
        json.writeStringProperty("message", mark.message());
        json.writeNumberProperty("points", mark.points());
        json.writeNumberProperty("of", mark.of());
        array(json, "items", mark.items(), item -> write(json, item));
        array(json, "diagnostics", mark.diagnostics(), diagnostic -> write(json, diagnostic));
        json.writeEndObject();
    }

    private void write(JsonGenerator json, ItemMark mark) {
        RubricItem item = mark.item();
        json.writeStartObject();
        json.writeStringProperty("id", item.id());
        json.writeStringProperty("title", item.title());
        json.writeStringProperty("visibility", item.hidden() ? "hidden" : "visible");
        json.writeStringProperty("result", mark.result().word());
        json.writeNumberProperty("points", mark.points());
        json.writeNumberProperty("of", item.points());
        array(json, "why", reveal || !item.hidden() ? mark.why() : List.of(), json::writeString);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Diagnostic diagnostic) {
        json.writeStartObject();
        json.writeStringProperty("file", diagnostic.file());
        json.writeNumberProperty("line", diagnostic.line());
        json.writeNumberProperty("column", diagnostic.column());
        json.writeStringProperty("message", diagnostic.message());
        json.writeEndObject();
    }

    private static <T> void array(JsonGenerator json, String name, List<T> values, Consumer<T> writer) {
        json.writeArrayPropertyStart(name);
        values.forEach(writer);
        json.writeEndArray();
    }
}
