package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.tree.Local;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters and local variables that are in scope, with those of the function around a block of code. */
public final class Locals {
    private final @Nullable Locals outer;
    private final Deque<Map<String, Local>> scopes = new ArrayDeque<>();
    private final Deque<Map<Local, Type>> narrowed = new ArrayDeque<>();
    private final Map<Local, Local> captured = new LinkedHashMap<>();
    private final Map<String, Type> announced = new LinkedHashMap<>();

    /** @param outer those of the function that a block of code stands in, or null */
    public Locals(@Nullable Locals outer) {
        this.outer = outer;
        open();
    }

    public void open() {
        scopes.push(new LinkedHashMap<>());
        narrowed.push(new LinkedHashMap<>());
    }

    void close() {
        scopes.pop();
        narrowed.pop();
    }

    /** Declares a variable; false if the innermost scope has one of that name. */
    public boolean declare(Local local) {
        return scopes.element().put(local.name(), local) == null;
    }

    /** The variable of that name, or null. One of the function around a block is captured. */
    @Nullable
    Local find(String name) {
        for (Map<String, Local> scope : scopes) {
            Local local = scope.get(name);
            if (local != null) {
                return local;
            }
        }
        Local outside = outer == null ? null : outer.find(name);
        return outside == null ? null : captured.computeIfAbsent(outside, Local::capture);
    }

    /** The variable {@code name} is about to be declared; its first value may ask for its type. */
    void announce(String name, Type type) {
        announced.put(name, type);
    }

    /** What was announced is declared, or never will be. */
    void forget(String name) {
        announced.remove(name);
    }

    /** The type of the variable of that name, which may be the one that is being declared; null if there is none. */
    @Nullable
    Type typeOf(String name) {
        Type type = announced.get(name);
        Local local = type == null ? find(name) : null;
        return local == null ? type : local.type();
    }

    /** What the variables outside are called inside, in the order of their first use. */
    Map<Local, Local> captured() {
        return captured;
    }

    /** Within the innermost scope, {@code local} is known to hold a {@code type}. */
    void narrow(Local local, Type type) {
        narrowed.element().put(local, type);
    }

    /** Something is stored to {@code local}, so what was known of it is over. */
    void widen(Local local) {
        narrowed.forEach(map -> map.remove(local));
    }

    /** The type that {@code local} is known to hold here. */
    Type typeOf(Local local) {
        for (Map<Local, Type> map : narrowed) {
            Type type = map.get(local);
            if (type != null) {
                return type;
            }
        }
        return local.type();
    }

    /** The names in scope, for suggestions. */
    List<String> names() {
        List<String> names = new ArrayList<>(outer == null ? List.of() : outer.names());
        scopes.forEach(scope -> names.addAll(scope.keySet()));
        return names;
    }
}
