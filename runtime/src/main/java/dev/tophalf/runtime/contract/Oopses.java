package dev.tophalf.runtime.contract;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.runtime.script.library.Library;
import dev.tophalf.runtime.trace.Oops;
import dev.tophalf.runtime.trace.Site;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what a driver throws into the oops that Linux would print, with the driver's lines only. */
final class Oopses {
    private Oopses() {}

    /** Whether driver code threw it, rather than the kernel or the simulator. */
    static boolean isScripts(Simulation simulation, Throwable thrown) {
        if (thrown instanceof StackOverflowError || isOfHotCode(thrown)) {
            return true;
        }
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (simulation.script(frame.getClassName()) != null) {
                return true;
            }
            if (frame.getClassName().startsWith("dev.tophalf.")) {
                return frame.getClassName().startsWith("dev.tophalf.runtime.script.");
            }
        }
        return false;
    }

    /** Where a JVM has thrown the same exception often enough, it throws one without a trace. Drivers fault, kernels do not. */
    private static boolean isOfHotCode(Throwable thrown) {
        return thrown instanceof RuntimeException && thrown.getStackTrace().length == 0;
    }

    static Oops of(Simulation simulation, Throwable thrown, Site definition) {
        List<Site> callers = frames(simulation, thrown);
        boolean knowsCall = thrown instanceof DriverBug && !simulation.site().equals(Site.NONE);
        Site site = !callers.isEmpty() ? callers.get(0) : knowsCall ? simulation.site() : definition;
        String where = " in " + site.functionWords();
        if (thrown instanceof DriverBug bug) {
            return new Oops(thrown.getMessage() + where, bug.linux(), site, callers);
        }
        return new Oops(what(thrown) + where, linux(thrown), site, callers);
    }

    private static List<Site> frames(Simulation simulation, Throwable thrown) {
        List<Site> sites = new ArrayList<>();
        for (StackTraceElement frame : thrown.getStackTrace()) {
            @Nullable ScriptSource source = simulation.script(frame.getClassName());
            if (source != null && frame.getLineNumber() > 0 && sites.size() < 20) {
                sites.add(new Site(source.file(), frame.getLineNumber(), 0, function(frame), null));
            }
        }
        return sites;
    }

    private static String function(StackTraceElement frame) {
        String method = frame.getMethodName();
        int block = method.indexOf('$');
        String name = block > 0 ? method.substring(0, block) : method;
        return name.equals("run") ? "" : name;
    }

    private static String what(Throwable thrown) {
        if (thrown instanceof NullPointerException) {
            return "NULL pointer dereference";
        }
        if (thrown instanceof StackOverflowError) {
            return "kernel stack overflow";
        }
        if (thrown instanceof ArithmeticException) {
            return "division by zero";
        }
        if (thrown instanceof IndexOutOfBoundsException) {
            return "access outside of an array (" + thrown.getMessage() + ")";
        }
        if (thrown instanceof ClassCastException) {
            return "wrong type behind a void pointer (" + Library.message(thrown) + ")";
        }
        return thrown.getClass().getSimpleName() + " (" + thrown.getMessage() + ")";
    }

    private static String linux(Throwable thrown) {
        if (thrown instanceof NullPointerException) {
            return "BUG: kernel NULL pointer dereference";
        }
        if (thrown instanceof StackOverflowError) {
            return "BUG: kernel stack guard page was hit";
        }
        if (thrown instanceof ArithmeticException) {
            return "divide error";
        }
        if (thrown instanceof IndexOutOfBoundsException) {
            return "UBSAN: array-index-out-of-bounds";
        }
        return "general protection fault";
    }
}
