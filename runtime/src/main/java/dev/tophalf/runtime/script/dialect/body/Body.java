package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.names.TypeReader;
import dev.tophalf.runtime.script.dialect.names.Unit;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Value;
import org.codehaus.groovy.ast.ASTNode;

/** The compiler of one function's body: its parts, which know each other through this. */
public final class Body {
    private final Unit unit;
    private final Output output;
    private final FunctionContext context;
    private final TypeReader types;
    private final Conversions conversions = new Conversions(this);
    private final Expressions expressions = new Expressions(this);
    private final Operators operators = new Operators(this);
    private final Places places = new Places(this);
    private final Calls calls = new Calls(this);
    private final Overloads overloads = new Overloads(this);
    private final Passing passing = new Passing(this);
    private final Extensions extensions = new Extensions(this);
    private final Initialisers initialisers = new Initialisers(this);
    private final Pointers pointers = new Pointers(this);

    public Body(Unit unit, Output output, FunctionContext context) {
        this.unit = unit;
        this.output = output;
        this.context = context;
        this.types = new TypeReader(unit, context.typeParameters());
    }

    Unit unit() {
        return unit;
    }

    /** The classes that are being written. */
    Output output() {
        return output;
    }

    FunctionContext context() {
        return context;
    }

    Locals locals() {
        return context.locals();
    }

    TypeReader types() {
        return types;
    }

    public Conversions conversions() {
        return conversions;
    }

    public Expressions expressions() {
        return expressions;
    }

    Operators operators() {
        return operators;
    }

    Places places() {
        return places;
    }

    public Calls calls() {
        return calls;
    }

    Overloads overloads() {
        return overloads;
    }

    Passing passing() {
        return passing;
    }

    Extensions extensions() {
        return extensions;
    }

    Initialisers initialisers() {
        return initialisers;
    }

    Pointers pointers() {
        return pointers;
    }

    /** Reports what is wrong and stands in for the expression. */
    public Value wrong(ASTNode at, String message) {
        unit.report(at, message);
        return Constant.unknown();
    }
}
