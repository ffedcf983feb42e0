package dev.tophalf.shell.report

import dev.tophalf.runtime.contract.ContextKind
import dev.tophalf.runtime.cpu.HeldLock
import dev.tophalf.runtime.cpu.HoldableLock
import dev.tophalf.runtime.rule.ContextSnapshot
import dev.tophalf.runtime.rule.ContextSnapshot.Frame
import dev.tophalf.runtime.rule.Finding
import dev.tophalf.runtime.rule.Severity
import dev.tophalf.runtime.script.Diagnostic
import dev.tophalf.runtime.trace.KernelLog
import dev.tophalf.runtime.trace.Site
import dev.tophalf.runtime.trace.Sites
import dev.tophalf.runtime.trace.Trace
import dev.tophalf.shell.run.Outcome
import dev.tophalf.shell.run.RunResult

/** Findings and runs made by hand, for the specs of the printers. */
class SampleFindings {
    static final Site FAULT = new Site('fifo.groovy', 12, 9, 'fifo_read', null)
    static final Site TAKEN = new Site('fifo.groovy', 10, 5, 'fifo_read', null)

    static final ContextSnapshot LOCKED = new ContextSnapshot(
            ContextKind.IRQS_OFF, 0, true, 1, [frame('process context', 'cat/101', 'fifo_read')],
            [new HeldLock(lock('fifo_lock'), TAKEN, false)])

    static final ContextSnapshot INTERRUPT = new ContextSnapshot(
            ContextKind.HARDIRQ, 1, true, 0x10000,
            [frame('process context', 'cat/101', 'fifo_read'), frame('hard irq context', 'irq 1 of fifo0', 'fifo_irq')],
            [])

    static Finding sleeps(Map changes = [:]) {
        Map all = [
            rule    : 'sleep-in-atomic',
            severity: Severity.ERROR,
            message : 'msleep() sleeps in atomic context',
            site    : FAULT,
            excerpt : 'msleep(1)                // expect: sleep-in-atomic',
            timeNs  : 1_204_567,
            context : LOCKED,
            linux   : 'BUG: scheduling while atomic',
            why     : 'Who holds a spinlock or serves an interrupt must not give up the CPU.',
            advice  : 'release the lock before waiting, or spin with udelay() for microseconds',
            related : [],
            story   : [],
        ] + changes
        return new Finding(all.rule, all.severity, all.message, all.site, all.excerpt, all.timeNs, all.context,
                all.linux, all.why, all.advice, all.related, all.story)
    }

    static RunResult run(Map changes = [:]) {
        Map all = [
            outcome    : Outcome.COMPLETED,
            reason     : '',
            findings   : [sleeps()],
            kernelLog  : [new KernelLog.Line(0, 5, 'Linux'), new KernelLog.Line(1_204_567, 6, 'fifo: "full"')],
            diagnostics: [],
        ] + changes
        return new RunResult(['fifo.groovy'], 'lab.dts', 7, 2_000_000, all.outcome, all.reason, all.findings,
                all.kernelLog, all.diagnostics, new Trace(new Sites(), true), 0, null, 'tophalf run fifo.groovy --seed 7')
    }

    static RunResult rejected() {
        return run(outcome: Outcome.REJECTED, findings: [], kernelLog: [],
                diagnostics: [new Diagnostic('fifo.groovy', 3, 5, "unknown function 'kmaloc()'")])
    }

    static Frame frame(String level, String name, String... functions) {
        return new Frame(level, name, functions.toList())
    }

    private static HoldableLock lock(String name) {
        return new HoldableLock() {
            @Override
            String lockName() {
                return name
            }

            @Override
            void breakOpen() {}
        }
    }
}
