package dev.tophalf.shell.run;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.Simulation.Exit;
import dev.tophalf.runtime.sched.Killed;
import dev.tophalf.runtime.sched.MachineStopped;
import dev.tophalf.runtime.script.ClassBytes;
import dev.tophalf.runtime.script.CompiledScript;
import dev.tophalf.runtime.script.LoadedScript;
import dev.tophalf.runtime.script.Scope;
import dev.tophalf.runtime.script.ScriptRejectedException;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.runtime.trace.Site;
import dev.tophalf.shell.world.Verbs;
import dev.tophalf.shell.world.World;
import dev.tophalf.shell.world.WorldException;

/** A scenario that somebody wrote: a script that knows the verbs of {@link Verbs} and nothing else. */
final class ScriptedScenario implements Scenario {
    private final Simulation simulation;
    private final ScriptSource source;
    private final CompiledScript script;

    private ScriptedScenario(Simulation simulation, CompiledScript script) {
        this.simulation = simulation;
        this.source = script.source();
        this.script = script;
    }

    static ScriptedScenario compile(World world, ScriptSource source) throws ScriptRejectedException {
        return new ScriptedScenario(world.simulation(), world.scenarioCompiler().compile(source, Scope.EMPTY));
    }

    @Override
    public void play() throws ScenarioException {
        simulation.addScript(
                source, script.classes().stream().map(ClassBytes::name).toList());
        LoadedScript loaded = script.load();
        try {
            simulation.host(loaded::run);
        } catch (WorldException refused) {
            throw failure(String.valueOf(refused.getMessage()), refused);
        } catch (MachineStopped stopped) {
            throw failure("stopped", new WorldException("stopped", Exit.STOPPED));
        } catch (Killed overBudget) {
            throw failure("stopped", new WorldException("stopped", Exit.KILLED));
        } catch (IllegalStateException broken) {
            throw broken;
        } catch (RuntimeException | StackOverflowError thrown) {
            String what = thrown.getMessage() == null ? "" : " (" + thrown.getMessage() + ")";
            throw failure(thrown.getClass().getSimpleName() + what, thrown);
        }
    }

    private ScenarioException failure(String message, Throwable cause) {
        Site site = site(cause);
        return new ScenarioException(message, cause, site, simulation.excerpt(site));
    }

    /** The innermost line of the scenario that led to {@code thrown}. */
    private Site site(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (source.equals(simulation.script(frame.getClassName())) && frame.getLineNumber() > 0) {
                return new Site(source.file(), frame.getLineNumber(), 0, frame.getMethodName(), null);
            }
        }
        return new Site(source.file(), 0, 0, "", null);
    }
}
