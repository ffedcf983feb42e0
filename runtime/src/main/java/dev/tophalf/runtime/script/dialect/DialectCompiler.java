package dev.tophalf.runtime.script.dialect;

import dev.tophalf.runtime.contract.KernelApi;
import dev.tophalf.runtime.script.ClassBytes;
import dev.tophalf.runtime.script.Scope;
import dev.tophalf.runtime.script.ScriptRejectedException;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.runtime.script.dialect.body.Output;
import dev.tophalf.runtime.script.dialect.names.KernelNames;
import dev.tophalf.runtime.script.dialect.names.Unit;
import dev.tophalf.runtime.script.dialect.source.Diagnostics;
import dev.tophalf.runtime.script.dialect.source.Parser;
import dev.tophalf.runtime.script.dialect.source.SourceScan;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.Member;
import dev.tophalf.runtime.script.dialect.type.ScriptClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.objectweb.asm.MethodTooLargeException;

/**
 * Compiles drivers. A driver's text is parsed as Groovy; what its names, types and operators mean is C's affair, so from
 * there on the passes of this package do the work: {@link SourceScan} and {@link Parser} make a tree, {@link Heads}
 * declares, {@link FileScope} and {@link Bodies} give every expression a type and one meaning, {@link ClassFiles}
 * writes. Nothing is left to be found out when the driver runs.
 *
 * <p>One compiler serves any number of scripts and threads.
 */
public final class DialectCompiler {
    private final KernelNames kernel;

    /** A compiler of drivers for that kernel. */
    public DialectCompiler(KernelApi api) {
        this.kernel = new KernelNames(api);
    }

    /**
     * Compiles {@code source}, which sees what {@code scope} shows it.
     *
     * @throws ScriptRejectedException if it does not compile; nothing else is thrown, whatever the source is
     */
    public Compiled compile(ScriptSource source, Scope scope) throws ScriptRejectedException {
        Diagnostics diagnostics = new Diagnostics(source.file());
        try {
            return compile(source, scope, diagnostics);
        } catch (StackOverflowError e) {
            diagnostics.add(0, 0, "an expression or block is nested too deeply");
        } catch (MethodTooLargeException e) {
            String what = e.getMethodName().equals("run") ? "the top level" : "'" + e.getMethodName() + "'";
            diagnostics.add(0, 0, what + " is too large: make several functions of it");
        } catch (RuntimeException | AssertionError | LinkageError e) {
            if (diagnostics.isEmpty()) {
                diagnostics.add(0, 0, "internal compiler error: " + e);
            }
            ScriptRejectedException rejection = diagnostics.rejection();
            rejection.initCause(e);
            throw rejection;
        }
        throw diagnostics.rejection();
    }

    private Compiled compile(ScriptSource source, Scope scope, Diagnostics diagnostics) throws ScriptRejectedException {
        SourceScan scan = new SourceScan(
                source.text(),
                diagnostics,
                name -> kernel.hasType(name) || scope.type(name) != null,
                name -> kernel.hasFunction(name) || !scope.function(name).isEmpty());
        String text = scan.markedText();
        diagnostics.rejectIfAny();
        ModuleNode module = Parser.parse(text, diagnostics);
        diagnostics.rejectIfAny();
        if (module == null) {
            throw new IllegalStateException("the parser returned nothing and reported nothing");
        }
        return compile(module, new Unit(kernel, scope, source, diagnostics), source, diagnostics);
    }

    private static Compiled compile(ModuleNode module, Unit unit, ScriptSource source, Diagnostics diagnostics)
            throws ScriptRejectedException {
        refuseImports(module, unit);
        List<Statement> top = topLevel(module);
        List<MethodNode> functions = new ArrayList<>(module.getMethods());
        module.getMethods().clear();
        module.getStatementBlock().getStatements().clear();
        Output output = new Output();
        output.add(unit.file());
        Heads heads = new Heads(unit, output);
        Map<ScriptClass, ClassNode> structs = heads.declareTypes(module.getClasses());
        heads.declareFunctions(functions);
        FileScope file = new FileScope(unit, output);
        file.declareVariables(top);
        output.add(unit.file(), file.run(top));
        Bodies bodies = new Bodies(unit, output);
        functions.forEach(bodies::function);
        structs.forEach(bodies::struct);
        unit.finish();
        diagnostics.rejectIfAny();
        List<ClassBytes> classes = new ClassFiles(unit, source.file()).write(output);
        return new Compiled(unit.file().name(), classes, variables(unit, file), functions(unit));
    }

    private static List<Statement> topLevel(ModuleNode module) {
        List<Statement> statements = new ArrayList<>(module.getStatementBlock().getStatements());
        // The parser gives a blank file this one statement.
        statements.removeIf(statement -> statement == ReturnStatement.RETURN_NULL_OR_VOID);
        return statements;
    }

    private static void refuseImports(ModuleNode module, Unit unit) {
        String message = "no imports: every name of the kernel is in scope";
        module.getImports().forEach(node -> unit.report(node, message));
        module.getStarImports().forEach(node -> unit.report(node, message));
        module.getStaticImports().values().forEach(node -> unit.report(node, message));
        module.getStaticStarImports().values().forEach(node -> unit.report(node, message));
        if (module.getPackage() != null) {
            unit.report(module.getPackage(), "no package: a driver is a module of its own");
        }
    }

    private static List<Compiled.Variable> variables(Unit unit, FileScope file) {
        List<Compiled.Variable> variables = new ArrayList<>();
        for (Member member : unit.file().ownMembers()) {
            variables.add(new Compiled.Variable(member.name(), member.type().words(), file.line(member.name())));
        }
        return variables;
    }

    private static List<Compiled.Function> functions(Unit unit) {
        List<Compiled.Function> functions = new ArrayList<>();
        for (String name : unit.file().declaredMethodNames()) {
            for (Callable function : unit.file().declaredMethods(name)) {
                functions.add(new Compiled.Function(name, function.words(), function.descriptor(), function.line()));
            }
        }
        return functions;
    }
}
