package dev.tophalf.shell.grade;

import dev.tophalf.runtime.machine.Machine;
import dev.tophalf.runtime.script.Diagnostic;
import dev.tophalf.runtime.script.Scope;
import dev.tophalf.runtime.script.ScriptRejectedException;
import dev.tophalf.shell.run.RunPlan;
import dev.tophalf.shell.world.World;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.spockframework.runtime.SpockEngine;

/**
 * The JVM that judges one submission. Its job comes over standard input, its answer goes to a file, record by record;
 * what it prints means nothing.
 */
final class Worker {
    private Worker() {}

    public static void main(String[] arguments) throws IOException {
        ProcessHandle.current().parent().ifPresent(Worker::endWith);
        Job job = Job.read(new DataInputStream(System.in));
        try (VerdictWriter verdict = new VerdictWriter(job.nonce(), Path.of(job.verdict()))) {
            judge(job, verdict);
        }
        Runtime.getRuntime().halt(0);
    }

    /** A worker does not outlive its grader. */
    private static void endWith(ProcessHandle grader) {
        Thread watch = new Thread(
                () -> {
                    grader.onExit().join();
                    Runtime.getRuntime().halt(1);
                },
                "watch");
        watch.setDaemon(true);
        watch.start();
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // it is printed where the grader keeps the last words of its workers
    private static void judge(Job job, VerdictWriter verdict) {
        verdict.ready();
        try {
            Machine machine = Machine.parse(job.machine().text(), job.machine().file());
            if (compiles(job, machine, verdict)) {
                DriverSpec.assign(job, machine);
                runSpecs(job, verdict);
            }
            verdict.done();
        } catch (Exception | LinkageError broken) {
            broken.printStackTrace();
            verdict.broken(broken);
        }
    }

    private static boolean compiles(Job job, Machine machine, VerdictWriter verdict) {
        try (World world = World.boot(machine, 0, RunPlan.DEFAULT_CPUS, job.limits())) {
            world.load(job.submission(), Scope.EMPTY);
            return true;
        } catch (ScriptRejectedException rejected) {
            for (Diagnostic diagnostic : rejected.diagnostics()) {
                verdict.reject(diagnostic);
            }
            return false;
        }
    }

    private static void runSpecs(Job job, VerdictWriter verdict) {
        LauncherConfig config = LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .addTestEngines(new SpockEngine())
                .build();
        ByteLoader loader = new ByteLoader(job.specs().classes());
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(job.specs().specs().stream()
                        .map(name -> DiscoverySelectors.selectClass(loader.load(name)))
                        .toArray(ClassSelector[]::new))
                .build();
        LauncherFactory.create(config).execute(request, new FeatureListener(verdict));
    }
}
