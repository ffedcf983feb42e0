package dev.tophalf.shell.grade;

import dev.tophalf.shell.world.World;
import dev.tophalf.shell.world.WorldException;
import groovy.lang.GroovyClassLoader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;
import org.codehaus.groovy.tools.GroovyClass;
import org.spockframework.runtime.SpecInfoBuilder;
import org.spockframework.runtime.model.FeatureInfo;
import spock.lang.Specification;

/** Compiles the specs of an exercise, once for all submissions: they are the teacher's, who is trusted. */
final class SpecCompiler {
    /** Spock 2.4 is made for Groovy 5 and refuses any other, unless told that we know. */
    static final String ANY_GROOVY = "spock.iKnowWhatImDoing.disableGroovyVersionCheck";

    private SpecCompiler() {}

    static CompiledSpecs compile(Exercise exercise) {
        Map<String, byte[]> classes = withoutWarning(() -> bytes(exercise.specs()));
        List<String> specs = new ArrayList<>();
        List<String> features = new ArrayList<>();
        ByteLoader loader = new ByteLoader(classes);
        for (String name : classes.keySet()) {
            Class<?> type = loader.load(name);
            if (Specification.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
                specs.add(name);
                for (FeatureInfo feature : new SpecInfoBuilder(type).build().getAllFeatures()) {
                    features.add(feature.getName());
                }
            }
        }
        return new CompiledSpecs(classes, specs, features);
    }

    /** Spock complains on standard error of any Groovy that it was not made for. */
    private static <T> T withoutWarning(Supplier<T> body) {
        PrintStream before = System.err;
        System.setProperty(ANY_GROOVY, "true");
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            return body.get();
        } finally {
            System.setErr(before);
        }
    }

    private static Map<String, byte[]> bytes(List<Path> files) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setTargetBytecode(CompilerConfiguration.JDK17);
        GroovyClassLoader libraries = new GroovyClassLoader(SpecCompiler.class.getClassLoader(), configuration);
        CompilationUnit unit = new CompilationUnit(configuration, null, libraries);
        for (Path file : files) {
            unit.addSource(file.getFileName().toString(), World.source(file).text());
        }
        try {
            unit.compile(Phases.CLASS_GENERATION);
        } catch (CompilationFailedException failed) {
            throw new WorldException(complaint(files.get(0).resolveSibling(""), failed));
        }
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (GroovyClass made : unit.getClasses()) {
            classes.put(made.getName(), made.getBytes());
        }
        return classes;
    }

    private static String complaint(Path folder, CompilationFailedException failed) {
        if (failed instanceof MultipleCompilationErrorsException errors) {
            List<? extends Message> all = errors.getErrorCollector().getErrors();
            if (!all.isEmpty() && all.get(0) instanceof SyntaxErrorMessage first) {
                SyntaxException cause = first.getCause();
                String more = all.size() > 1 ? " (and " + (all.size() - 1) + " more)" : "";
                return folder.resolve(cause.getSourceLocator()) + ":" + cause.getLine() + ": "
                        + OneLine.of(cause.getOriginalMessage()) + more;
            }
        }
        return folder + ": a spec does not compile: " + OneLine.of(String.valueOf(failed.getMessage()));
    }
}
