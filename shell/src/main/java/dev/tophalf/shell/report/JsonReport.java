package dev.tophalf.shell.report;

import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.rule.ContextSnapshot;
import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.rule.Finding.Related;
import dev.tophalf.runtime.script.Diagnostic;
import dev.tophalf.runtime.trace.Site;
import dev.tophalf.shell.Version;
import dev.tophalf.shell.run.Exploration;
import dev.tophalf.shell.run.Outcome;
import dev.tophalf.shell.run.RunResult;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;

/** Runs as JSON for programs: one object, its keys always there and always in the same order. */
public final class JsonReport {
    private static final int SCHEMA = 1;

    private final JsonGenerator json;

    private JsonReport(JsonGenerator json) {
        this.json = json;
    }

    /** A run as an object of several lines, the last one ended by a newline. */
    public static String run(RunResult result) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(new Indented(), text)) {
            new JsonReport(json).write(result);
        }
        return text.append('\n').toString();
    }

    /** Many runs, as {@link #run}: the findings are those of all runs, each once, with how many runs have it. */
    public static String exploration(Exploration result) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(new Indented(), text)) {
            new JsonReport(json).write(result);
        }
        return text.append('\n').toString();
    }

    private static final class Indented extends ObjectWriteContext.Base {
        private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
        private static final Separators SEPARATORS = Separators.createDefaultInstance()
                .withObjectNameValueSpacing(Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }

        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter(SEPARATORS)
                    .withObjectIndenter(LINES)
                    .withArrayIndenter(LINES);
        }
    }

    private void begin() {
        json.writeStartObject();
        json.writeNumberProperty("schema", SCHEMA);
        json.writeObjectPropertyStart("tool");
        json.writeStringProperty("name", "tophalf");
        json.writeStringProperty("version", Version.text());
        json.writeEndObject();
    }

    private void write(Exploration result) {
        RunResult first = result.first();
        begin();
        array("scripts", first.scripts(), json::writeString);
        json.writeStringProperty("machine", first.machine());
        json.writeNumberProperty("seed", first.seed());
        json.writeNumberProperty("runs", result.runs());
        json.writeNumberProperty("distinct", result.distinct());
        json.writeNumberProperty("failing", result.failing());
        json.writeNumberProperty("cut", result.cut());
        array("findings", result.found(), found -> {
            json.writeStartObject();
            facts(found.finding(), found.run().again());
            json.writeNumberProperty("runs", found.runs());
            array("dmesg", found.run().kernelLog(), line -> json.writeString(line.toString()));
            json.writeEndObject();
        });
        if (first.outcome() == Outcome.REJECTED) {
            array("diagnostics", first.diagnostics(), this::write);
        }
        json.writeEndObject();
    }

    private void write(RunResult result) {
        begin();
        array("scripts", result.scripts(), json::writeString);
        json.writeStringProperty("machine", result.machine());
        json.writeNumberProperty("seed", result.seed());
        json.writeNumberProperty("virtualTimeNs", result.virtualTimeNs());
        json.writeStringProperty("outcome", result.outcome().word());
        array("findings", result.findings(), finding -> write(finding, result.again()));
        array("dmesg", result.kernelLog(), line -> json.writeString(line.toString()));
        if (result.outcome() == Outcome.REJECTED) {
            array("diagnostics", result.diagnostics(), this::write);
        }
        json.writeEndObject();
    }

    private void write(Finding finding, String again) {
        json.writeStartObject();
        facts(finding, again);
        json.writeEndObject();
    }

    private void facts(Finding finding, String again) {
        json.writeStringProperty("rule", finding.rule());
        json.writeStringProperty("severity", finding.severity().word());
        json.writeStringProperty("message", finding.message());
        json.writeStringProperty("call", finding.call());
        place(finding.site());
        write(finding.context());
        json.writeStringProperty("linux", finding.linux());
        json.writeStringProperty("why", finding.why());
        json.writeStringProperty("try", finding.advice());
        json.writeStringProperty("replay", again);
        array("related", finding.related(), this::write);
        array("story", finding.story(), json::writeString);
    }

    private void write(ContextSnapshot context) {
        json.writeObjectPropertyStart("context");
        json.writeStringProperty("kind", context.kind().word());
        json.writeNumberProperty("cpu", context.cpu());
        json.writeBooleanProperty("irqsOff", context.irqsOff());
        json.writeNumberProperty("preemptCount", context.preemptCount());
        json.writeStringProperty(
                "task", context.chain().isEmpty() ? "" : context.chain().get(0).name());
        array("held", context.held(), this::write);
        json.writeEndObject();
    }

    private void write(HeldLock held) {
        json.writeStartObject();
        json.writeStringProperty("lock", held.lock().lockName());
        place(held.takenAt());
        json.writeEndObject();
    }

    private void write(Related related) {
        json.writeStartObject();
        place(related.site());
        json.writeStringProperty("text", related.text());
        json.writeEndObject();
    }

    private void write(Diagnostic diagnostic) {
        json.writeStartObject();
        json.writeStringProperty("file", diagnostic.file());
        json.writeNumberProperty("line", diagnostic.line());
        json.writeNumberProperty("column", diagnostic.column());
        json.writeStringProperty("message", diagnostic.message());
        json.writeEndObject();
    }

    private void place(Site site) {
        json.writeStringProperty("file", site.file());
        json.writeNumberProperty("line", site.line());
    }

    private <T> void array(String name, List<T> values, Consumer<T> writer) {
        json.writeArrayPropertyStart(name);
        values.forEach(writer);
        json.writeEndArray();
    }
}
