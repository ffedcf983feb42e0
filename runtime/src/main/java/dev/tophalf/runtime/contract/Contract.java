package dev.tophalf.runtime.contract;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.Set;

/** A kernel function's contract, read from its {@link KernelFunction} annotation. */
public final class Contract {
    private static final int ANY = ContextKind.PROCESS.bit()
            | ContextKind.ATOMIC.bit()
            | ContextKind.IRQS_OFF.bit()
            | ContextKind.SOFTIRQ.bit()
            | ContextKind.HARDIRQ.bit();

    private final String function;
    private final KernelFunction annotation;
    private final Sleeps sleeps;
    private final int contexts;
    private final int gfpParameter;
    private final int number;

    private Contract(Method method, KernelFunction annotation, int number) {
        this.number = number;
        this.function = method.getName();
        this.annotation = annotation;
        this.sleeps = annotation.sleeps();
        this.contexts = contexts(annotation);
        this.gfpParameter = gfpParameter(method);
        if ((annotation.sleeps() == Sleeps.GFP) != (gfpParameter >= 0)) {
            throw new IllegalStateException(function + "(): sleeps = " + annotation.sleeps()
                    + " but its @Gfp parameter is number " + gfpParameter);
        }
    }

    /** The contract of {@code method}, which must carry the annotation; {@code number} is its place in the index. */
    static Contract of(Method method, int number) {
        KernelFunction annotation = method.getAnnotation(KernelFunction.class);
        if (annotation == null) {
            throw new IllegalArgumentException(method + " is not a kernel function: it has no @KernelFunction");
        }
        return new Contract(method, annotation, number);
    }

    private static int contexts(KernelFunction annotation) {
        int bits = 0;
        for (ContextKind kind : annotation.contexts()) {
            bits |= kind.bit();
        }
        if (bits == 0) {
            bits = annotation.sleeps() == Sleeps.ALWAYS ? ContextKind.PROCESS.bit() : ANY;
        }
        return annotation.nmi() ? bits | ContextKind.NMI.bit() : bits;
    }

    private static int gfpParameter(Method method) {
        Annotation[][] parameters = method.getParameterAnnotations();
        for (int i = 0; i < parameters.length; i++) {
            for (Annotation annotation : parameters[i]) {
                if (annotation instanceof Gfp) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** Its place in the index, counted from 0. */
    public int number() {
        return number;
    }

    public String function() {
        return function;
    }

    public String header() {
        return annotation.header();
    }

    public Sleeps sleeps() {
        return sleeps;
    }

    /** Whether it takes or gives back what belongs to a task, so that no interrupt may call it. */
    public boolean isByTask() {
        return annotation.byTask();
    }

    /** The function that undoes this one, or that this one undoes; empty for none. */
    public String pairsWith() {
        return annotation.pairsWith();
    }

    /** How Linux begins its report when the function is called where it may not sleep. */
    public String complaint() {
        return annotation.complaint();
    }

    /** What a reader of the Linux source would miss; empty for nothing. */
    public String simplified() {
        return annotation.simplified();
    }

    /** Which parameter holds allocation flags, counted from 0, or -1. */
    public int gfpParameter() {
        return gfpParameter;
    }

    /** Whether a caller in context {@code kind} may call it, its allocation flags aside. */
    public boolean allows(ContextKind kind) {
        return (contexts & kind.bit()) != 0;
    }

    /** The contexts that may call it, as bits of {@link ContextKind#bit()}. */
    public int contextBits() {
        return contexts;
    }

    /** The contexts that may call it. */
    public Set<ContextKind> contexts() {
        Set<ContextKind> kinds = EnumSet.noneOf(ContextKind.class);
        for (ContextKind kind : ContextKind.values()) {
            if (allows(kind)) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    @Override
    public String toString() {
        return function + "()";
    }
}
