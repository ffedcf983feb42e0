package dev.tophalf.runtime.script;

import groovy.transform.CompileStatic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.codehaus.groovy.tools.GroovyClass;

/** Compiles plain static Groovy, without the dialect, for tests of what comes after it. */
public final class GroovyCompiler {
    private GroovyCompiler() {}

    /** The classes of {@code text}, in which the test kernel is in scope. The script class is {@code test_ko}. */
    public static List<ClassBytes> compile(String text) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setTargetBytecode("17");
        configuration.setDisabledGlobalASTTransformations(Set.of("org.spockframework.compiler.SpockTransform"));
        configuration.addCompilationCustomizers(new ASTTransformationCustomizer(CompileStatic.class));
        configuration.addCompilationCustomizers(new ImportCustomizer()
                .addStaticStars(TestKernel.class.getName())
                .addImports(
                        TestKernel.handler_t.class.getCanonicalName(),
                        TestKernel.show_t.class.getCanonicalName(),
                        TestKernel.sink_t.class.getCanonicalName(),
                        TestKernel.widening_t.class.getCanonicalName(),
                        TestKernel.machine.class.getCanonicalName()));
        CompilationUnit unit = new CompilationUnit(configuration);
        unit.addSource("test_ko.groovy", text);
        unit.compile(Phases.CLASS_GENERATION);
        List<ClassBytes> classes = new ArrayList<>();
        for (GroovyClass type : unit.getClasses()) {
            classes.add(GroovyPlumbing.strip(new ClassBytes(type.getName(), type.getBytes())));
        }
        return classes;
    }
}
