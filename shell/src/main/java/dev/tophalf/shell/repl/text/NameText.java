package dev.tophalf.shell.repl.text;

import com.google.common.collect.ImmutableList;
import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.ContextKind;
import dev.tophalf.runtime.contract.Contract;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.Initialiser;
import dev.tophalf.runtime.contract.KernelApi;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.contract.KernelVariable;
import dev.tophalf.runtime.contract.LvalueMacro;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the kernel's index knows of a name: signature, header, contexts, sleeping, pairing. */
public final class NameText {
    /** What a macro on a place is given, by their number; it has no types of its own. */
    private static final ImmutableList<String> OPERANDS = ImmutableList.of("", ", value", ", old, value");

    private final KernelApi api;
    private final Map<Class<?>, String> typeNames = new LinkedHashMap<>();

    public NameText(KernelApi api) {
        this.api = api;
        for (String name : api.typeNames()) {
            Class<?> type = api.type(name);
            if (type != null) {
                typeNames.put(type, name);
            }
        }
    }

    /** Everything that is called {@code name}, as lines; empty if nothing is. */
    public List<String> of(String name) {
        List<String> lines = new ArrayList<>();
        for (Method form : api.function(name)) {
            lines.add(signature(form));
        }
        Contract contract = api.contract(name);
        if (contract != null) {
            lines.addAll(facts(contract));
        }
        addType(name, lines);
        addMacro(name, lines);
        addInitialiser(name, lines);
        addConstant(name, lines);
        addVariable(name, lines);
        return lines;
    }

    private String signature(Method form) {
        LvalueMacro macro = form.getAnnotation(LvalueMacro.class);
        if (macro != null) {
            return form.getName() + "("
                    + arguments(form, "place" + OPERANDS.get(macro.value().operands())) + ")";
        }
        return word(form, form.getReturnType()) + " " + form.getName() + parameters(form.getParameters());
    }

    /** What a macro takes: the place and its operands, and what else its method has as parameters. */
    private String arguments(Method macro, String place) {
        if (macro.getParameterCount() == 0) {
            return place;
        }
        return Arrays.stream(macro.getParameters())
                .map(parameter -> parameter.getType() == String.class ? place : parameter(parameter))
                .collect(Collectors.joining(", "));
    }

    private String parameters(Parameter[] parameters) {
        return Arrays.stream(parameters)
                .filter(parameter -> !isFilledIn(parameter))
                .map(this::parameter)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static boolean isFilledIn(Parameter parameter) {
        return parameter.isAnnotationPresent(DefinitionMacro.Derived.class)
                || parameter.isAnnotationPresent(DefinitionMacro.FileScope.class);
    }

    private String parameter(Parameter parameter) {
        if (parameter.isVarArgs()) {
            return "...";
        }
        if (parameter.isAnnotationPresent(DefinitionMacro.Name.class)) {
            return parameter.getName();
        }
        return word(parameter, parameter.getType()) + " " + parameter.getName();
    }

    /** The type of a function, parameter or member as a driver spells it. */
    private String word(AnnotatedElement element, Class<?> type) {
        CType annotation = element.getAnnotation(CType.class);
        return annotation == null ? word(type) : annotation.value();
    }

    private String word(Class<?> type) {
        if (type.isArray()) {
            return word(type.getComponentType()) + "[]";
        }
        String known = typeNames.get(type);
        if (known != null) {
            return known;
        }
        if (type == Class.class) {
            return "struct";
        }
        return type == boolean.class ? "bool" : type.getSimpleName();
    }

    private static List<String> facts(Contract contract) {
        Table table = new Table().row("  header", contract.header());
        table.row("  sleeps", sleeps(contract)).row("  contexts", contexts(contract));
        if (!contract.pairsWith().isEmpty()) {
            table.row("  pairs with", contract.pairsWith() + "()");
        }
        if (!contract.simplified().isEmpty()) {
            table.row("  differs", contract.simplified());
        }
        return table.lines();
    }

    private static String sleeps(Contract contract) {
        return switch (contract.sleeps()) {
            case NEVER -> "never";
            case ALWAYS -> "yes: every call counts as a sleep";
            case GFP -> "if the allocation flags allow it: GFP_KERNEL does, GFP_ATOMIC does not";
            case CONDITIONAL -> "under conditions";
        };
    }

    private static String contexts(Contract contract) {
        boolean any = contract.contexts().size() >= ContextKind.values().length - 1;
        return any ? "any" : contract.contexts().stream().map(ContextKind::word).collect(Collectors.joining(", "));
    }

    private void addType(String name, List<String> lines) {
        Class<?> type = api.type(name);
        if (type == null) {
            return;
        }
        KernelType annotation = type.getAnnotation(KernelType.class);
        @Nullable Method call = type.isInterface() ? onlyMethod(type) : null;
        if (call != null) {
            lines.add("a pointer to a function: " + word(call, call.getReturnType()) + " (*)"
                    + parameters(call.getParameters()));
        } else {
            lines.add("struct " + name + members(type));
        }
        if (annotation != null) {
            Table facts = new Table().row("  header", annotation.header());
            if (annotation.embedded()) {
                facts.row("  member", "storage inside its struct, to be initialised before use");
            }
            lines.addAll(facts.lines());
        }
    }

    private static @Nullable Method onlyMethod(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .findFirst()
                .orElse(null);
    }

    private String members(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()) && !Modifier.isStatic(field.getModifiers()))
                .map(field -> word(field, field.getType()) + " " + field.getName())
                .collect(Collectors.joining("; ", " { ", " }"))
                .replace(" {  }", "");
    }

    private void addMacro(String name, List<String> lines) {
        Method macro = api.macro(name);
        if (macro == null) {
            return;
        }
        DefinitionMacro annotation = macro.getAnnotation(DefinitionMacro.class);
        lines.add(name + parameters(macro.getParameters()));
        if (annotation != null) {
            Table facts = new Table().row("  header", annotation.header());
            if (!annotation.declares().isEmpty()) {
                facts.row(
                        "  declares",
                        word(macro, macro.getReturnType()) + " "
                                + annotation.declares().replace("%s", firstName(macro)));
            }
            Arrays.stream(macro.getParameters())
                    .map(parameter -> parameter.getAnnotation(DefinitionMacro.Derived.class))
                    .filter(derived -> derived != null)
                    .forEach(derived -> facts.row("  needs", derived.value().replace("%s", firstName(macro)) + "()"));
            lines.addAll(facts.lines());
        }
    }

    private void addInitialiser(String name, List<String> lines) {
        Method initialiser = api.initialiser(name);
        if (initialiser == null) {
            return;
        }
        Parameter[] all = initialiser.getParameters();
        lines.add(name + parameters(Arrays.copyOfRange(all, 1, all.length)));
        lines.addAll(new Table()
                .row("  header", initialiser.getAnnotation(Initialiser.class).header())
                .row("  initialises", word(initialiser, initialiser.getReturnType()))
                .lines());
    }

    private static String firstName(Method macro) {
        return Arrays.stream(macro.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(DefinitionMacro.Name.class))
                .map(Parameter::getName)
                .findFirst()
                .orElse("");
    }

    private void addConstant(String name, List<String> lines) {
        Field constant = api.constant(name);
        if (constant == null) {
            return;
        }
        lines.add(name + " is " + value(constant));
    }

    private static String value(Field constant) {
        try {
            Object value = constant.get(null);
            if (value instanceof Number number && Math.abs(number.longValue()) > 9) {
                return String.format(Locale.ROOT, "%s (0x%x)", number, number.longValue());
            }
            return value instanceof String ? "'" + value + "'" : String.valueOf(value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot read " + constant, e);
        }
    }

    private void addVariable(String name, List<String> lines) {
        Method variable = api.variable(name);
        KernelVariable annotation = variable == null ? null : variable.getAnnotation(KernelVariable.class);
        if (variable != null && annotation != null) {
            lines.add(word(variable, variable.getReturnType()) + " " + name);
            lines.addAll(new Table().row("  header", annotation.header()).lines());
        }
    }
}
