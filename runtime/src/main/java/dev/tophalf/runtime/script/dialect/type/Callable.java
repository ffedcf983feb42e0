package dev.tophalf.runtime.script.dialect.type;

import dev.tophalf.runtime.contract.Condition;
import dev.tophalf.runtime.contract.ConstantLimit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.codehaus.groovy.ast.expr.Expression;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be called: a kernel function, a function of the driver, a method, a constructor, or the function
 * that a pointer stands for.
 *
 * @param result what it returns
 * @param storage what it returns, erased, as a JVM descriptor
 * @param varargs whether the last parameter takes any number of arguments
 * @param line where a driver defines it, 0 for others
 */
public record Callable(
        ClassInfo owner,
        String name,
        List<Parameter> parameters,
        Type result,
        String storage,
        boolean isStatic,
        boolean varargs,
        int line) {

    private static final String CONDITION = Condition.class.descriptorString();

    /** An order of functions of the same name that is the same in every run. */
    public static final Comparator<Callable> BY_FORM = Comparator.<Callable>comparingInt(
                    function -> function.parameters().size())
            .thenComparing(Callable::descriptor);

    /**
     * A parameter.
     *
     * @param name empty if it is not known
     * @param storage its erased type as a JVM descriptor
     * @param bareWord whether it takes a bare word, as the member of {@code container_of()} is
     * @param typeOf whether it takes the type of a variable, as {@code from_timer()} does
     * @param arrayOf whether it takes the type of an array's elements, as {@code alloc_percpu()} does
     * @param limit which constants it refuses, or null
     * @param fallback what a call that leaves it out passes, or null
     */
    public record Parameter(
            String name,
            Type type,
            String storage,
            boolean bareWord,
            boolean typeOf,
            boolean arrayOf,
            @Nullable ConstantLimit limit,
            @Nullable Expression fallback) {
        public Parameter(String name, Type type) {
            this(name, type, type.descriptor(), null);
        }

        /** One that takes any value of its type. */
        public Parameter(String name, Type type, String storage, @Nullable Expression fallback) {
            this(name, type, storage, false, false, false, null, fallback);
        }
    }

    public String descriptor() {
        return parameters.stream().map(Parameter::storage).collect(Collectors.joining("", "(", ")")) + storage;
    }

    /** How many arguments a call needs at least. */
    public int required() {
        int count = varargs ? parameters.size() - 1 : parameters.size();
        while (count > 0 && parameters.get(count - 1).fallback() != null) {
            count--;
        }
        return count;
    }

    /** Whether a call with that many arguments can be meant. */
    public boolean takes(int count) {
        return count >= required() && (varargs || count <= parameters.size());
    }

    /** The parameter that argument number {@code index} goes to. */
    public Type parameterType(int index) {
        if (varargs && index >= parameters.size() - 1) {
            Type rest = parameters.get(parameters.size() - 1).type();
            return rest instanceof ArrayType array ? array.element() : rest;
        }
        return parameters.get(index).type();
    }

    /** Whether argument number {@code index} is a bare word. */
    public boolean takesBareWord(int index) {
        return index < parameters.size() && parameters.get(index).bareWord();
    }

    /** Whether argument number {@code index} is a variable that stands for its type. */
    public boolean takesTypeOf(int index) {
        return index < parameters.size() && parameters.get(index).typeOf();
    }

    /** Whether argument number {@code index} is the type of an array's elements. */
    public boolean takesArrayOf(int index) {
        return index < parameters.size() && parameters.get(index).arrayOf();
    }

    /** Whether argument number {@code index} is evaluated again and again. */
    public boolean takesCondition(int index) {
        return index < parameters.size() && parameters.get(index).storage().equals(CONDITION);
    }

    /** Whether it is a function that Groovy adds to a class of Java; what it is called on comes first. */
    private boolean isExtension() {
        return isStatic && owner.internalName().startsWith("dev/tophalf/runtime/script/library/");
    }

    /** The declaration as C spells it: {@code int request_irq(int irq, ...)}. */
    public String words() {
        return result.words() + " " + name + parameterWords(true);
    }

    /** The same with type parameters replaced by what {@code bindings} knows of them. */
    public Callable substitute(Map<TypeParameter, Type> bindings) {
        List<Parameter> known = parameters.stream()
                .map(each -> new Parameter(
                        each.name,
                        each.type.substitute(bindings),
                        each.storage,
                        each.bareWord,
                        each.typeOf,
                        each.arrayOf,
                        each.limit,
                        each.fallback))
                .toList();
        return new Callable(owner, name, known, result.substitute(bindings), storage, isStatic, varargs, line);
    }

    /** The parameters as C spells them. */
    public String parameterWords(boolean withNames) {
        StringBuilder text = new StringBuilder("(");
        int first = isExtension() ? 1 : 0;
        for (int i = first; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            text.append(i == first ? "" : ", ");
            if (varargs && i == parameters.size() - 1) {
                text.append("...");
            } else {
                text.append(parameter.type().words());
                text.append(withNames && !parameter.name().isEmpty() ? " " + parameter.name() : "");
            }
        }
        return text.append(parameters.size() == first ? "void)" : ")").toString();
    }
}
