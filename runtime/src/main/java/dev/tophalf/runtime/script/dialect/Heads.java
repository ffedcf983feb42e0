package dev.tophalf.runtime.script.dialect;

import dev.tophalf.runtime.memory.KernelStruct;
import dev.tophalf.runtime.script.Deadline;
import dev.tophalf.runtime.script.dialect.body.Body;
import dev.tophalf.runtime.script.dialect.body.FunctionContext;
import dev.tophalf.runtime.script.dialect.body.Locals;
import dev.tophalf.runtime.script.dialect.body.Output;
import dev.tophalf.runtime.script.dialect.names.TypeReader;
import dev.tophalf.runtime.script.dialect.names.Unit;
import dev.tophalf.runtime.script.dialect.source.Marks;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.ArrayType;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassInfo;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.Member;
import dev.tophalf.runtime.script.dialect.type.ScriptClass;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import dev.tophalf.runtime.script.dialect.type.Type;
import dev.tophalf.runtime.script.dialect.type.TypeParameter;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ConstructorNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.GenericsType;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.jspecify.annotations.Nullable;

/** What a script declares, without the bodies: structs, enumerations, function pointer types, functions. */
final class Heads {
    private final Unit unit;
    private final Output output;

    Heads(Unit unit, Output output) {
        this.unit = unit;
        this.output = output;
    }

    /** Declares the names of the types, then what they have. Returns the classes that have bodies. */
    Map<ScriptClass, ClassNode> declareTypes(List<ClassNode> classes) {
        Map<ScriptClass, ClassNode> declared = new LinkedHashMap<>();
        List<ClassNode> enums = new ArrayList<>();
        for (ClassNode node : classes) {
            Deadline.check();
            if (!isPlain(node)) {
                continue;
            }
            if (node.isEnum()) {
                enums.add(node);
            } else {
                declared.put(declareName(node), node);
            }
        }
        enums.forEach(this::declareEnum);
        declared.forEach(this::declareMembers);
        return declared;
    }

    private boolean isPlain(ClassNode node) {
        String name = name(node);
        if (node.getOuterClass() != null && !Character.isJavaIdentifierStart(name.charAt(0))) {
            // A class without a name, which its 'new' reports.
            return false;
        }
        // The parser notes with annotations what is no plain class: a record, a trait.
        if (node.isAnnotationDefinition() || !node.getAnnotations().isEmpty()) {
            unit.report(node, "a driver declares structs with 'class', and enums");
            return false;
        }
        if (unit.kernel().type(name) != null) {
            unit.report(node, "redefinition of '" + name + "', which the kernel declares");
            return false;
        }
        if (unit.structs().containsKey(name) || unit.enums().containsKey(name)) {
            unit.report(node, "redefinition of '" + name + "'");
            return false;
        }
        if (unit.file().name().equals(name)) {
            unit.report(node, "a struct cannot be called " + name + "; the module itself is");
            return false;
        }
        return true;
    }

    /** The name of a struct; one inside of another is, as in C, known by its own name. */
    private static String name(ClassNode node) {
        String name = node.getNameWithoutPackage();
        ClassNode outer = node.getOuterClass();
        return outer == null
                ? name
                : name.substring(outer.getNameWithoutPackage().length() + 1);
    }

    private ScriptClass declareName(ClassNode node) {
        ClassType base = unit.java(node.isInterface() ? Object.class : KernelStruct.class);
        ScriptClass declared = new ScriptClass(name(node), node.isInterface(), base);
        declared.setTypeParameters(TypeReader.parameters(node.getGenericsTypes(), declared.name()));
        refuseBounds(node.getGenericsTypes(), node);
        unit.structs().put(declared.name(), declared);
        output.add(declared);
        return declared;
    }

    private void declareEnum(ClassNode node) {
        Map<String, Constant> constants = new LinkedHashMap<>();
        FunctionContext nowhere = new FunctionContext(node.getName(), SpecialType.VOID, null, new Locals(null));
        Body body = new Body(unit, output, nowhere);
        long next = 0;
        for (FieldNode field : node.getFields()) {
            if (!field.isEnum()) {
                unit.report(field, "an enum has names of numbers and nothing else");
                continue;
            }
            next = number(field, next, body);
            Constant constant = Constant.integer(IntegerType.S32, next++);
            if (unit.constants().put(field.getName(), constant) != null) {
                unit.report(field, "redeclaration of enumerator '" + field.getName() + "'");
            }
            constants.put(field.getName(), constant);
        }
        if (!node.getMethods().isEmpty() || !node.getDeclaredConstructors().isEmpty()) {
            unit.report(node, "an enum has names of numbers and nothing else");
        }
        String name = name(node);
        if (unit.enums().containsKey(name)) {
            unit.report(node, "redefinition of '" + name + "'");
        }
        unit.enums().put(name, new Unit.EnumType(name, IntegerType.S32, constants));
    }

    /** The number that an enumerator stands for: {@code RUNNING(3)} is 3, others count on. */
    private long number(FieldNode field, long next, Body body) {
        Expression written = field.getInitialExpression();
        if (written == null) {
            return next;
        }
        Expression only =
                written instanceof ListExpression list && list.getExpressions().size() == 1
                        ? list.getExpression(0)
                        : written;
        Value value = body.expressions().value(only, IntegerType.S32);
        Long constant = value.constant();
        if (constant == null && !value.type().isUnknown()) {
            unit.report(field, "the number of '" + field.getName() + "' must be a constant");
        }
        return constant == null ? next : constant;
    }

    private void declareMembers(ScriptClass declared, ClassNode node) {
        if (!node.isInterface()) {
            declared.setSuperclass(superclass(node, types(declared)));
        }
        if (node.getInterfaces().length > 0) {
            unit.report(node, "a struct implements nothing: keep function pointers as members");
        }
        for (FieldNode field : node.getFields()) {
            Deadline.check();
            declareMember(declared, field);
        }
        for (MethodNode method : node.getMethods()) {
            declareMethod(declared, method);
        }
        for (ConstructorNode constructor : node.getDeclaredConstructors()) {
            declared.addConstructor(callable(declared, constructor, "<init>", SpecialType.VOID, types(declared)));
        }
        if (node.getDeclaredConstructors().isEmpty() && !node.isInterface()) {
            declared.addConstructor(new Callable(
                    declared, "<init>", List.of(), SpecialType.VOID, "V", false, false, node.getLineNumber()));
        }
        if (!node.getObjectInitializerStatements().isEmpty()) {
            unit.report(node, "a struct has no initialiser block: give its members values where they are declared");
        }
    }

    private ClassType superclass(ClassNode node, TypeReader types) {
        ClassType base = unit.java(KernelStruct.class);
        ClassNode written = node.getUnresolvedSuperClass(false);
        if (written == null || ClassHelper.isObjectType(written)) {
            return base;
        }
        Type type = types.read(written, node);
        ClassInfo info = type instanceof ClassType struct ? struct.info() : null;
        boolean isScripts = info != null && info.internalName().indexOf('/') < 0 && !info.isInterface();
        if (!isScripts) {
            String name = TypeReader.name(written);
            if (!type.isUnknown()) {
                unit.report(node, "a struct cannot extend '" + name + "': make it a member, '" + name + " base'");
            }
            return base;
        }
        if (info == unit.structs().get(name(node)) || isCyclic(node)) {
            unit.report(node, "'" + name(node) + "' extends itself");
            return base;
        }
        return (ClassType) type;
    }

    private boolean isCyclic(ClassNode node) {
        ScriptClass start = unit.structs().get(name(node));
        String name = TypeReader.name(node.getUnresolvedSuperClass(false));
        ClassInfo at = unit.structs().get(name);
        while (at != null && at != start) {
            ClassType parent = at.superclass();
            at = parent == null ? null : parent.info();
        }
        return at == start && start != null;
    }

    private void declareMember(ScriptClass declared, FieldNode field) {
        if (declared.isInterface()) {
            unit.report(field, "a function pointer type has one function and nothing else");
            return;
        }
        Type type = SpecialType.UNKNOWN;
        if (TypeReader.isOmitted(field.getOriginType())) {
            unit.report(field, "write the type of '" + field.getName() + "'");
        } else {
            type = types(declared).read(field.getOriginType(), field);
        }
        if (type.isVoid()) {
            unit.report(field, "member '" + field.getName() + "' declared void");
            type = SpecialType.UNKNOWN;
        }
        if (declared.declaredMember(field.getName()) != null) {
            unit.report(field, "duplicate member '" + field.getName() + "'");
        }
        declared.add(new Member(declared, field.getName(), type, field.isStatic()));
    }

    private void declareMethod(ScriptClass declared, MethodNode method) {
        if (method.isAbstract() && !declared.isInterface()) {
            unit.report(method, "'" + method.getName() + "' has no body: keep a function pointer as a member");
        }
        refuseModifiers(method);
        TypeReader types = new TypeReader(unit, typeParameters(method, declared));
        declared.add(callable(declared, method, method.getName(), result(method, types), types));
        if (declared.isInterface() && declared.declaredMethodNames().size() > 1) {
            unit.report(method, "a function pointer type has one function and nothing else");
        }
    }

    /** Declares the functions of the file. */
    void declareFunctions(List<MethodNode> methods) {
        for (MethodNode method : methods) {
            refuseModifiers(method);
            TypeReader types = new TypeReader(unit, typeParameters(method, null));
            Callable function = callable(unit.file(), method, method.getName(), result(method, types), types);
            if (unit.isFree(function.name(), method)) {
                unit.file().add(function);
            }
            boolean taken =
                    function.name().equals("run") && function.descriptor().equals("()Ljava/lang/Object;");
            if (taken) {
                unit.report(method, "the name 'run' is taken for a function that returns a 'void *'");
            }
        }
    }

    private void refuseModifiers(MethodNode method) {
        if (Modifier.isSynchronized(method.getModifiers())) {
            unit.report(method, "no 'synchronized': take a mutex or a spinlock");
        }
        if (method.getExceptions() != null && method.getExceptions().length > 0) {
            unit.report(method, "no 'throws': an error is a negative result, such as -EIO");
        }
    }

    private TypeReader types(ScriptClass declared) {
        return new TypeReader(unit, declared.typeParameters());
    }

    /** The type parameters that can be named in a function: its own, and those of its struct. */
    static List<TypeParameter> typeParameters(MethodNode method, @Nullable ScriptClass struct) {
        String declaration = method.getName() + ":" + method.getLineNumber();
        List<TypeParameter> all = TypeReader.parameters(method.getGenericsTypes(), declaration);
        if (struct != null && !method.isStatic()) {
            all.addAll(struct.typeParameters());
        }
        return all;
    }

    private void refuseBounds(GenericsType @Nullable [] parameters, ASTNode at) {
        for (GenericsType parameter : parameters == null ? new GenericsType[0] : parameters) {
            if (parameter.getUpperBounds() != null) {
                unit.report(at, "a type parameter has no bounds: write '<" + parameter.getName() + ">'");
            }
        }
    }

    private Type result(MethodNode method, TypeReader types) {
        refuseBounds(method.getGenericsTypes(), method);
        if (TypeReader.isOmitted(method.getReturnType())) {
            unit.report(method, "write the type that '" + method.getName() + "' returns, or 'void'");
            return SpecialType.UNKNOWN;
        }
        return types.read(method.getReturnType(), method);
    }

    private Callable callable(ScriptClass owner, MethodNode method, String name, Type result, TypeReader types) {
        List<Callable.Parameter> parameters = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            parameters.add(parameter(parameter, method, types));
        }
        boolean varargs =
                isVariable(method) && parameters.get(parameters.size() - 1).type() instanceof ArrayType;
        boolean isStatic = owner == unit.file() || method.isStatic();
        return new Callable(
                owner, name, parameters, result, result.descriptor(), isStatic, varargs, method.getLineNumber());
    }

    /** Whether the last parameter takes any number of arguments: {@code int... values}. */
    private boolean isVariable(MethodNode method) {
        Parameter[] parameters = method.getParameters();
        if (parameters.length == 0) {
            return false;
        }
        Parameter last = parameters[parameters.length - 1];
        return last.getOriginType().isArray() && unit.excerpt(last).contains("...");
    }

    private Callable.Parameter parameter(Parameter parameter, ASTNode at, TypeReader types) {
        String name = Marks.unmark(parameter.getName());
        ASTNode place = parameter.getLineNumber() > 0 ? parameter : at;
        Type type = SpecialType.UNKNOWN;
        if (TypeReader.isOmitted(parameter.getOriginType())) {
            unit.report(place, "write the type of parameter '" + name + "'");
        } else {
            type = types.read(parameter.getOriginType(), place);
        }
        if (type.isVoid()) {
            unit.report(place, "parameter '" + name + "' declared void");
            type = SpecialType.UNKNOWN;
        }
        return new Callable.Parameter(name, type, type.descriptor(), parameter.getInitialExpression());
    }
}
