package dev.tophalf.linux

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.hw.InterruptLine
import dev.tophalf.runtime.irq.IrqLine
import dev.tophalf.runtime.machine.Machine
import dev.tophalf.runtime.sched.Strategy
import dev.tophalf.runtime.sched.Preemption

/** A machine whose irq 16 is triggered by edges, and drivers that handle it. */
abstract class IrqSpecification extends DriverSpecification {
    InterruptLine wire

    def setup() {
        boot(Strategy.DEFAULT)
    }

    void boot(Strategy strategy, String machine = MACHINE.replace('<1 4>', '<1 1>')) {
        simulation.close()
        simulation = Simulation.builder(LINUX, Machine.parse(machine, 'test.dts'))
                .sites(sites).strategy(strategy).preemption(Preemption.FULL).boot()
        wire = line().connect('pulse')
    }

    IrqLine line() {
        simulation.irqs().line(16)
    }

    /** Raises and lowers the line now. */
    void pulse() {
        wire.set(true)
        wire.set(false)
        settle()
    }

    /** Raises and lowers the line in so many microseconds each. */
    void pulseIn(int... us) {
        for (int delay : us) {
            simulation.clock().at(simulation.nowNs() + 1000L * delay, 'pulse') {
                wire.set(true)
                wire.set(false)
            }
        }
    }

    /** Loads a module that has registered handler() with only: more statements of its parts. */
    Integer driver(Map<String, String> parts = [:]) {
        load """
            MODULE_LICENSE('GPL')
            class thing { int n; spinlock_t lock; mutex m }
            thing only
            thing other
            ${parts.beside ?: ''}
            static irqreturn_t handler(int irq, Object dev_id) {
                thing t = dev_id
                t.n++
                ${parts.handler ?: ''}
                return IRQ_HANDLED
            }
            static irqreturn_t thread(int irq, Object dev_id) {
                thing t = dev_id
                ${parts.thread ?: ''}
                return IRQ_HANDLED
            }
            static int count() { return only.n }
            static int act() {
                ${parts.act ?: ''}
                return 0
            }
            static int start() {
                only = kzalloc(thing, GFP_KERNEL)
                other = kzalloc(thing, GFP_KERNEL)
                spin_lock_init(only.lock)
                mutex_init(only.m)
                int ret = ${parts.request ?: "request_irq(16, handler, 0, 'b', only)"}
                ${parts.start ?: ''}
                if (ret) {
                    kfree(only)
                    kfree(other)
                }
                return ret
            }
            static void stop() {
                ${parts.stop != null ? parts.stop : 'free_irq(16, only)'}
                kfree(only)
                kfree(other)
            }
            module_init(start)
            module_exit(stop)"""
    }

    /** What the driver said. */
    List<String> said() {
        dmesg().findAll { !(it =~ /^(Linux version|genirq|irq |IRQ |WARNING|BUG|watchdog|Kernel panic)/) }
    }
}
