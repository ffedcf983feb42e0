package dev.tophalf.linux

import dev.tophalf.linux.kernel.Files
import dev.tophalf.linux.kernel.Modules
import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.contract.DriverEntry
import dev.tophalf.runtime.lock.LockChecks
import dev.tophalf.runtime.machine.Machine
import dev.tophalf.runtime.rule.Finding
import dev.tophalf.runtime.script.CompiledScript
import dev.tophalf.runtime.script.LoadedScript
import dev.tophalf.runtime.script.Scope
import dev.tophalf.runtime.script.ScriptCompiler
import dev.tophalf.runtime.script.ScriptSource
import dev.tophalf.runtime.trace.Sites
import java.lang.reflect.InvocationTargetException
import java.lang.reflect.Method
import spock.lang.Specification

/** A machine with one button, and drivers written in the spec itself. */
abstract class DriverSpecification extends Specification {
    static final String MACHINE = '''
        /dts-v1/;
        / {
            #address-cells = <1>;
            #size-cells = <1>;
            interrupt-parent = <&intc>;
            intc: interrupt-controller@10000000 {
                reg = <0x10000000 0x1000>;
                interrupt-controller;
                #interrupt-cells = <2>;
            };
            button0: button@10001000 {
                compatible = "acme,button";
                reg = <0x10001000 0x0c>;
                interrupts = <1 4>;
            };
        };'''

    /** A driver that requests the button's irq; %s are what its handler does and what stands beside it. */
    static final String BUTTON = '''
        MODULE_LICENSE('GPL')
        class button { __iomem regs; int irq; spinlock_t lock; work_struct work; long presses }
        DEFINE_MUTEX(m)
        %2$s
        static irqreturn_t handler(int irq, Object dev_id) {
            button b = dev_id
            writel(1, b.regs + 0x04)
            %1$s
            return IRQ_HANDLED
        }
        static int probe(platform_device pdev) {
            button b = devm_kzalloc(pdev.dev, button, GFP_KERNEL)
            spin_lock_init(b.lock)
            b.regs = devm_platform_ioremap_resource(pdev, 0)
            b.irq = platform_get_irq(pdev, 0)
            platform_set_drvdata(pdev, b)
            int ret = devm_request_irq(pdev.dev, b.irq, handler, 0, null, b)
            writel(1, b.regs + 0x08)
            return ret
        }
        static void remove(platform_device pdev) {
            button b = platform_get_drvdata(pdev)
            writel(0, b.regs + 0x08)
        }
        platform_driver drv = [probe: probe, remove: remove, driver: [name: 'b', of_match_table: ['acme,button']]]
        module_platform_driver(drv)'''

    static final Linux LINUX = new Linux()

    Sites sites = new Sites()
    Simulation simulation = Simulation.builder(LINUX, Machine.parse(MACHINE, 'test.dts')).sites(sites).lockChecks(checks()).boot()

    /** What is checked of locks. */
    LockChecks checks() {
        LockChecks.DEFAULT
    }

    /** The driver that was loaded last. */
    LoadedScript script

    def cleanup() {
        simulation.close()
    }

    /** Loads a driver. Returns what insmod would: 0 or a negative error code, or null if the process was killed. */
    Integer load(String text, String name = 'driver.groovy', List<String> arguments = []) {
        def source = new ScriptSource(name, text.stripIndent())
        insert(source, new ScriptCompiler(LINUX.api(), sites).compile(source, Scope.EMPTY), arguments)
    }

    /** Loads a driver that was compiled from {@code source}, as {@link #load} does. */
    Integer insert(ScriptSource source, CompiledScript compiled, List<String> arguments = []) {
        simulation.addScript(source, compiled.classes()*.name())
        script = compiled.load()
        Integer result = null
        simulation.process('insmod') { result = Modules.of(simulation).load(source.moduleName(), source.file(), script::run, arguments) }
        settle()
        result
    }

    Integer unload(String module = 'driver') {
        Integer result = null
        simulation.process('rmmod') { result = Modules.of(simulation).unload(module) }
        settle()
        result
    }

    /** Runs statements in the init function of a module, which has a spinlock, a mutex and a struct beside it. */
    Integer run(String body) {
        load("""
            MODULE_LICENSE('GPL')
            class thing { long n; spinlock_t lock; mutex m }
            DEFINE_SPINLOCK(lock)
            DEFINE_MUTEX(m)
            static int start() {
                $body
                return 0
            }
            static void stop() { }
            module_init(start)
            module_exit(stop)""")
    }

    /** Loads a driver of the button whose handler does {@code body}, and presses the button. */
    void press(String body, String beside = '') {
        load(String.format(BUTTON, body, beside))
        press()
    }

    void press() {
        simulation.board().part('button0').peripheral().actions().find { it.name() == 'press' }.body().accept([])
        settle()
    }

    /** Calls a function of the driver in a process, as a system call does. Returns null if the process was killed. */
    Object call(String function, Object... arguments) {
        def method = script.function(function).first()
        Object result = null
        simulation.process('app') { result = systemCall(method, arguments) }
        settle()
        result
    }

    /** Calls a function of the driver in the process that runs. */
    Object systemCall(Method method, Object... arguments) {
        DriverEntry.call('system call', method.name) {
            try {
                method.invoke(null, arguments)
            } catch (InvocationTargetException e) {
                throw e.cause
            }
        }
    }

    void settle() {
        simulation.settle(simulation.nowNs() + 1_000_000_000)
    }

    String cat(String path) {
        String content = null
        simulation.process('cat') { content = Files.of(simulation).find(path).read() }
        settle()
        content
    }

    List<Finding> getFindings() {
        simulation.findings()
    }

    List<String> rules() {
        findings*.rule()
    }

    List<String> dmesg() {
        simulation.kernelLog().lines()*.text()
    }
}
