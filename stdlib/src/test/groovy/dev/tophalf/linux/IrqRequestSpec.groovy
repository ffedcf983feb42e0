package dev.tophalf.linux

import dev.tophalf.linux.kernel.Files
import dev.tophalf.runtime.sched.Strategy
import dev.tophalf.runtime.vfs.FileException

class IrqRequestSpec extends IrqSpecification {
    def "request_irq() with #flags gives #result"() {
        when:
        driver(request: "request_irq(16, handler, $flags, 'b', only)", stop: '')

        then:
        (line().actions().size() == 1) == (result == 0)
        rules() == expected

        where:
        flags                                    || result | expected
        '0'                                      || 0      | []
        'IRQF_SHARED'                            || 0      | []
        'IRQF_TRIGGER_RISING'                    || 0      | []
        'IRQF_TRIGGER_HIGH'                      || 0      | []
        'IRQF_NO_THREAD | IRQF_NO_SUSPEND'       || 0      | []
        'IRQF_PERCPU | IRQF_NOBALANCING'         || 0      | []
        'IRQF_SHARED | IRQF_COND_SUSPEND'        || 0      | []
        'IRQF_TIMER'                             || 0      | []
        'IRQF_TRIGGER_FALLING'                   || -22    | []
        'IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING' || -22 | []
        'IRQF_TRIGGER_LOW'                       || -22    | []
        'IRQF_COND_SUSPEND'                      || -22    | []
        'IRQF_SHARED | IRQF_COND_SUSPEND | IRQF_NO_SUSPEND' || -22 | []
        'IRQF_SHARED | IRQF_NO_AUTOEN'           || -22    | ['shared-irq-misuse']
    }

    def "a request of #what gives #result"() {
        when:
        driver(request: "($request)", start: "pr_info('%d\\n', ret); ret = 0", stop: '')

        then:
        said() == [result.toString()]

        where:
        what                        | request                                                        || result
        'no line'                   | 'request_irq(999, handler, 0, "b", only)'                      || -22
        'an interrupt that is not connected' | 'request_irq(IRQ_NOTCONNECTED, handler, 0, "b", only)' || -107
        'any context'               | 'request_any_context_irq(16, handler, 0, "b", only)'           || 0
        'no handler and no thread'  | 'request_threaded_irq(16, null, null, IRQF_ONESHOT, "b", only)' || -22
        'a thread that is not oneshot' | 'request_threaded_irq(16, null, thread, 0, "b", only)'      || -22
        'a shared line without dev_id' | 'request_irq(16, handler, IRQF_SHARED, "b", null)'          || -22
        'a line without name'       | 'request_irq(16, handler, 0, null, only)'                      || 0
    }

    def "a trigger that the controller does not know is told"() {
        when:
        driver(request: "request_irq(16, handler, IRQF_TRIGGER_FALLING, 'b', only)", stop: '')

        then:
        dmesg().contains('genirq: Setting trigger mode 2 for irq 16 failed (gic_set_type)')
    }

    def "a request may make a level line of an edge one, and its default is what the machine says"() {
        when:
        driver(request: "request_irq(16, handler, IRQF_TRIGGER_HIGH, 'b', only)", handler: 'disable_irq_nosync(16)')
        wire.set(true)
        settle()

        then:
        line().trigger().name() == 'HIGH'
        call('count') == 1
        unload() == 0
    }

    def "a second request with #second after one with #first #verdict"() {
        when:
        driver(request: "request_threaded_irq(16, handler, thread, $first, 'one', only)",
                start: "ret = $second; pr_info('%d\\n', ret); ret = 0", stop: '')

        then:
        said() == [result.toString()]
        rules() == []
        dmesg().any { it.startsWith('genirq: Flags mismatch irq 16. ') } == (result != 0)

        where:
        first                        | second                                                                             || result
        'IRQF_SHARED'                | "request_irq(16, handler, IRQF_SHARED, 'two', other)"                              || 0
        'IRQF_SHARED'                | "request_irq(16, handler, IRQF_SHARED | IRQF_TRIGGER_RISING, 'two', other)"        || 0
        'IRQF_SHARED'                | "request_irq(16, handler, IRQF_SHARED | IRQF_TRIGGER_HIGH, 'two', other)"          || -16
        'IRQF_SHARED'                | "request_irq(16, handler, 0, 'two', other)"                                        || -16
        '0'                          | "request_irq(16, handler, IRQF_SHARED, 'two', other)"                              || -16
        'IRQF_SHARED | IRQF_ONESHOT' | "request_irq(16, handler, IRQF_SHARED, 'two', other)"                              || 0
        'IRQF_SHARED | IRQF_ONESHOT' | "request_threaded_irq(16, handler, thread, IRQF_SHARED, 'two', other)"             || -16
        'IRQF_SHARED | IRQF_ONESHOT' | "request_threaded_irq(16, handler, thread, IRQF_SHARED | IRQF_ONESHOT, 'two', other)" || 0
        'IRQF_SHARED'                | "request_irq(16, handler, IRQF_SHARED | IRQF_PERCPU, 'two', other)"                || -16
        verdict = result == 0 ? 'is fine' : 'is refused'
    }

    def "two handlers with one dev_id are reported"() {
        when:
        driver(request: "request_irq(16, handler, IRQF_SHARED, 'b', only)", start: "ret = request_irq(16, handler, IRQF_SHARED, 'c', only)",
                stop: 'free_irq(16, only); free_irq(16, only)')

        then:
        rules() == ['shared-irq-misuse']
        unload() == 0
    }

    def "each handler of a shared line is called, in the order of registering"() {
        when:
        driver(request: "request_irq(16, handler, IRQF_SHARED, 'b', only)", start: "ret = request_irq(16, handler, IRQF_SHARED, 'c', other)",
                handler: "pr_info('%s\\n', t == only ? 'only' : 'other')", stop: 'free_irq(16, only); free_irq(16, other)')
        pulse()

        then:
        said() == ['only', 'other']
        line().count() == 1
        unload() == 0
        rules() == []
    }

    def "a line with IRQF_NO_AUTOEN waits for enable_irq()"() {
        given:
        driver(request: "request_irq(16, handler, IRQF_NO_AUTOEN, 'b', only)", act: 'enable_irq(16)')

        when:
        pulse()

        then:
        call('count') == 0

        when:
        call('act')
        pulse()

        then:
        call('count') == 2
        unload() == 0
        rules() == []
    }

    def "IRQ_RETVAL() says whether the interrupt was handled"() {
        when:
        driver(act: "pr_info('%d %d %d %d\\n', IRQ_RETVAL(5), IRQ_RETVAL(0), IRQ_RETVAL(only.n == 0), IRQ_RETVAL(only.n > 0))")
        call('act')

        then:
        said() == ['1 0 1 0']
    }

    def "an interrupt that nobody handles any more is quiet"() {
        when:
        driver()
        pulse()
        unload()
        pulse()

        then:
        line().count() == 1
        line().isMasked()
        rules() == []
    }

    def "freeing #what is reported as #expected"() {
        when:
        driver(start: start, stop: stop)
        unload()

        then:
        rules() == expected

        where:
        what                        | start                                                               | stop                                 || expected
        'what is used'              | ''                                                                  | 'kfree(only); only = null; free_irq(16, only)' || ['irq-after-free', 'free-irq-wrong-cookie']
        'under a spinlock'          | 'spin_lock(only.lock); free_irq(16, only); spin_unlock(only.lock)'  | ''                                   || ['sleep-in-atomic', 'free-irq-in-atomic']
        'with interrupts off'       | 'local_irq_disable(); free_irq(16, only); local_irq_enable()'       | ''                                   || ['sleep-in-atomic', 'free-irq-in-atomic']
        'with another dev_id'       | 'free_irq(16, other)'                                               | 'free_irq(16, only)'                 || ['free-irq-wrong-cookie']
        'twice'                     | ''                                                                  | 'free_irq(16, only); free_irq(16, only)' || ['free-irq-wrong-cookie']
        'never'                     | ''                                                                  | ''                                   || ['irq-after-free']
        'before its memory'         | ''                                                                  | 'free_irq(16, only)'                 || []
        'after it is disabled'      | ''                                                                  | 'thing t = only; disable_irq(16); only = null; kfree(t); free_irq(16, t)' || []
    }

    def "freeing another irq in a handler is reported, and the run goes on"() {
        when:
        driver(request: "request_irq(16, handler, 0, 'b', only)", handler: 'free_irq(17, t)')
        pulse()

        then:
        rules() == ['sleep-in-atomic', 'free-irq-in-atomic', 'free-irq-wrong-cookie']
        findings[1].linux() == 'WARNING: Trying to free IRQ 17 from IRQ context!'
        !simulation.isStopped()
    }

    def "the thread of a line runs where the line may interrupt, under its name"() {
        when:
        driver(request: "request_threaded_irq(16, handler, thread, 0, 'b', only)", start: 'irq_set_affinity(16, cpumask_of(1))',
                handler: 'return IRQ_WAKE_THREAD', thread: "pr_info('%s on %d\\n', current.comm, smp_processor_id())")
        2.times { pulse() }

        then:
        said() == ['irq/16-b on 1'] * 2
        line().count(simulation.cpus()[1]) == 2
    }

    def "a wake-up that comes while the thread runs is not lost"() {
        when:
        driver(request: "request_threaded_irq(16, handler, thread, 0, 'b', only)", handler: 'return IRQ_WAKE_THREAD',
                thread: "pr_info('%d\\n', t.n); msleep(5)")
        pulseIn(10, 1000, 2000)
        simulation.runUntil(simulation.nowNs() + 30_000_000)

        then:
        said() == ['1', '3']
        unload() == 0
        rules() == []
    }

    def "a oneshot line is unmasked when all its threads are done"() {
        given:
        boot(Strategy.DEFAULT, MACHINE)
        driver(request: "request_threaded_irq(16, handler, thread, IRQF_SHARED | IRQF_ONESHOT, 'b', only)",
                start: "ret = request_threaded_irq(16, handler, thread, IRQF_SHARED | IRQF_ONESHOT, 'c', other); only.n = 10",
                handler: 'return IRQ_WAKE_THREAD', thread: 'msleep(t == only ? 2 : 8)', stop: 'free_irq(16, only); free_irq(16, other)')

        when:
        wire.set(true)
        simulation.runUntil(simulation.nowNs() + 5_000_000)

        then:
        line().isMasked()
        line().count() == 1

        when:
        wire.set(false)
        simulation.runUntil(simulation.nowNs() + 20_000_000)

        then:
        !line().isMasked()
        unload() == 0
        rules() == []
    }

    private String write(String path, String text) {
        String error = 'ok'
        simulation.process('sh') {
            try {
                Files.of(simulation).find(path).write(text)
            } catch (FileException e) {
                error = e.message
            }
        }
        error
    }

    def "/proc/interrupts counts for each CPU, and says what triggers a line"() {
        when:
        driver(request: "request_irq(16, handler, IRQF_SHARED, 'b', only)", start: "ret = request_irq(16, handler, IRQF_SHARED, 'c', other)")
        pulse()
        write('/proc/irq/16/smp_affinity', '2\n')
        2.times { pulse() }

        then:
        cat('/proc/interrupts') == '''\
           CPU0       CPU1       
 16:          1          2     GICv2   1 Edge      b, c
'''
        line().actions().size() == 2
    }

    def "writing '#text' to smp_affinity#kind says #answer, and it is #shown then"() {
        given:
        driver()

        expect:
        write("/proc/irq/16/smp_affinity$kind", text) == answer
        cat('/proc/irq/16/smp_affinity') + cat('/proc/irq/16/effective_affinity_list') == shown

        where:
        kind    | text          || answer                                  | shown
        ''      | '1\n'         || 'ok'                                    | '1\n0\n'
        ''      | '00000002'    || 'ok'                                    | '2\n1\n'
        ''      | '0,00000003'  || 'ok'                                    | '3\n0-1\n'
        ''      | '0'           || 'Invalid argument'                      | '3\n0-1\n'
        ''      | '4'           || 'Value too large for defined data type' | '3\n0-1\n'
        ''      | 'x'           || 'Invalid argument'                      | '3\n0-1\n'
        '_list' | '0'           || 'ok'                                    | '1\n0\n'
        '_list' | '0-1'         || 'ok'                                    | '3\n0-1\n'
        '_list' | '1,0'         || 'ok'                                    | '3\n0-1\n'
        '_list' | '7'           || 'Numerical result out of range'         | '3\n0-1\n'
        '_list' | '1-0'         || 'Invalid argument'                      | '3\n0-1\n'
    }

    def "the affinity of a line of one CPU stays"() {
        when:
        driver(request: "request_irq(16, handler, IRQF_NOBALANCING, 'b', only)")

        then:
        write('/proc/irq/16/smp_affinity', '1') == 'Input/output error'
        write('/proc/irq/16/effective_affinity', '1') == 'Permission denied'
    }

    def "/proc/irq has the handlers by name, and what was nobody's"() {
        when:
        driver(handler: 'if (t.n != 2) return IRQ_NONE')
        3.times { pulse() }

        then:
        cat('/proc/irq/16/spurious').startsWith('count 3\nunhandled 2\nlast_unhandled ')
        Files.of(simulation).find('/proc/irq/16').children()*.name().contains('b')

        when:
        unload()

        then:
        !Files.of(simulation).find('/proc/irq/16').children()*.name().contains('b')
        rules() == []
    }

    def "the way of an interrupt is in the trace"() {
        when:
        driver(start: 'disable_irq(16)')
        pulse()

        then:
        def way = simulation.trace().lines()*.replaceAll(/^.*?cpu\d \w+ +/, '').findAll { it.contains('irq 16') }
        way == ['irq 16 of button0, pulse goes to cpu0', 'irq 16 from button0, pulse, to handle_edge_irq()',
                'irq 16 of button0, pulse is disabled or being handled: cpu0 leaves it pending']
    }
}
