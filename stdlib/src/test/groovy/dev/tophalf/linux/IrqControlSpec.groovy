package dev.tophalf.linux

import dev.tophalf.runtime.sched.RandomStrategy
import dev.tophalf.runtime.sched.Strategy

class IrqControlSpec extends IrqSpecification {
    static final String THREADED = "request_threaded_irq(16, handler, thread, 0, 'b', only)"
    static final String SLOW = "pr_info('begin\\n'); udelay(200); pr_info('end\\n')"

    def "an edge that comes while the line is disabled is handled once, when it is enabled as often"() {
        when:
        driver(start: 'disable_irq(16); disable_irq_nosync(16)', act: 'enable_irq(16)')
        3.times { pulse() }

        then:
        call('count') == 0
        line().isPending()

        when:
        call('act')

        then:
        call('count') == 0

        when:
        call('act')

        then:
        call('count') == 1
        rules() == []
    }

    def "edges that come while the handler runs make it run once more, never inside itself"() {
        given:
        driver(handler: SLOW)

        when:
        pulseIn(10, 60, 110)
        simulation.runUntil(simulation.nowNs() + 2_000_000)

        then:
        said() == ['begin', 'end'] * 2
        call('count') == 2
        rules() == []
        unload() == 0
    }

    def "a level that is there while the line is disabled interrupts when it is enabled"() {
        given:
        boot(Strategy.DEFAULT, MACHINE)
        load String.format(BUTTON, "pr_info('handled\\n')", """
            static int off() { disable_irq(16); return 0 }
            static int on() { pr_info('on\\n'); enable_irq(16); return 0 }""")

        when:
        call('off')
        press()
        call('on')

        then:
        dmesg().takeRight(2) == ['on', 'handled']
        line().count() == 1
        rules() == []
    }

    def "#call #does the handler that another CPU runs"() {
        given:
        driver(handler: SLOW, start: 'irq_set_affinity(16, cpumask_of(1))',
                act: "udelay(50); $call; pr_info('done\\n')", stop: 'free_irq(16, only)')

        when:
        pulseIn(10)
        this.call('act')

        then:
        said() == expected
        rules() == []
        line().count(simulation.cpus()[1]) == 1

        where:
        call                                          || expected
        'disable_irq(16); enable_irq(16)'             || ['begin', 'end', 'done']
        'disable_hardirq(16); enable_irq(16)'         || ['begin', 'end', 'done']
        'synchronize_irq(16)'                         || ['begin', 'end', 'done']
        'synchronize_hardirq(16)'                     || ['begin', 'end', 'done']
        'disable_irq_nosync(16); enable_irq(16)'      || ['begin', 'done', 'end']
        'free_irq(16, only); request_irq(16, handler, 0, "b", only)' || ['begin', 'end', 'done']
        does = expected.last() == 'end' ? 'leaves alone' : 'waits for'
    }

    def "#call #does a thread that sleeps"() {
        given:
        driver(request: THREADED, handler: 'return IRQ_WAKE_THREAD', thread: "pr_info('begin\\n'); msleep(5); pr_info('end\\n')",
                act: "msleep(2); $call; pr_info('done\\n')")

        when:
        pulseIn(10)
        this.call('act')

        then:
        said() == expected
        rules() == []

        where:
        call                                              || expected
        'disable_irq(16); enable_irq(16)'                 || ['begin', 'end', 'done']
        'synchronize_irq(16)'                             || ['begin', 'end', 'done']
        'pr_info("%d\\n", synchronize_hardirq(16))'       || ['begin', '0', 'done', 'end']
        'pr_info("%d\\n", disable_hardirq(16)); enable_irq(16)' || ['begin', '0', 'done', 'end']
        does = expected.last() == 'end' ? 'leaves alone' : 'waits for'
    }

    def "#call in #where is reported, and ends who waits for himself"() {
        given:
        driver(request: THREADED, handler: handler, thread: thread, stop: '')

        when:
        pulse()

        then:
        rules().contains('disable-irq-in-own-handler')
        simulation.isStopped() == (where == 'the handler')
        findings.last().message().endsWith("$where that calls it")

        where:
        call               | where                  || handler                  | thread
        'disable_irq'      | 'the handler'          || 'disable_irq(16)'        | ''
        'disable_hardirq'  | 'the handler'          || 'disable_hardirq(16)'    | ''
        'synchronize_irq'  | 'the handler'          || 'synchronize_irq(16)'    | ''
        'free_irq'         | 'the handler'          || 'free_irq(16, t)'        | ''
        'disable_irq'      | "the handler's thread" || 'return IRQ_WAKE_THREAD' | 'disable_irq(16)'
        'synchronize_irq'  | "the handler's thread" || 'return IRQ_WAKE_THREAD' | 'synchronize_irq(16)'
        'free_irq'         | "the handler's thread" || 'return IRQ_WAKE_THREAD' | 'free_irq(16, t)'
    }

    def "a handler may disable its own line without waiting, and its thread enable it again"() {
        given:
        driver(request: THREADED, handler: 'disable_irq_nosync(16); return IRQ_WAKE_THREAD', thread: 'msleep(1); enable_irq(16)')

        when:
        2.times { pulse() }

        then:
        call('count') == 2
        line().disableDepth() == 0
        unload() == 0
        rules() == []
    }

    def "waiting for a handler with a lock that it takes is a deadlock"() {
        given:
        driver(handler: 'udelay(50); spin_lock(t.lock); spin_unlock(t.lock)', start: 'irq_set_affinity(16, cpumask_of(1))',
                act: 'spin_lock(only.lock); udelay(100); disable_hardirq(16); spin_unlock(only.lock)')

        when:
        pulseIn(10)
        call('act')

        then:
        rules() == ['irq-unsafe-lock']
        dmesg().any { it.contains('the deadlock that the lock checker has warned of') }
    }

    def "#mistake is reported as #expected"() {
        when:
        driver(start: start, beside: 'static int zero() { return 0 }')
        unload()

        then:
        rules() == expected

        where:
        mistake                                | start                                                             || expected
        'enabling an enabled line'             | 'enable_irq(16)'                                                  || ['enable-irq-unbalanced']
        'enabling once too often'              | 'disable_irq(16); enable_irq(16); enable_irq(16)'                 || ['enable-irq-unbalanced']
        'no wake to take back'                 | 'disable_irq_wake(16)'                                            || ['irq-wake-unbalanced']
        'disabling under a spinlock'           | 'spin_lock(only.lock); disable_irq(16); spin_unlock(only.lock); enable_irq(16)' || ['sleep-in-atomic']
        'waiting with interrupts off'          | 'local_irq_disable(); synchronize_irq(16); local_irq_enable()'    || ['sleep-in-atomic']
        'faking an interrupt'                  | 'generic_handle_irq(16)'                                          || ['irq-faked-in-software']
        'faking an interrupt safely'           | 'generic_handle_irq_safe(16)'                                     || ['irq-faked-in-software']
        'faking an interrupt of a domain'      | 'generic_handle_domain_irq(null, 1)'                              || ['irq-faked-in-software']
    }

    def "balanced use earns nothing: #start"() {
        when:
        driver(start: start)
        pulse()

        then:
        call('count') == 1
        unload() == 0
        rules() == []

        where:
        start << [
                'disable_irq(16); disable_irq(16); enable_irq(16); enable_irq(16)',
                'spin_lock(only.lock); disable_irq_nosync(16); enable_irq(16); spin_unlock(only.lock)',
                'spin_lock(only.lock); if (disable_hardirq(16)) enable_irq(16); spin_unlock(only.lock)',
                'if (!enable_irq_wake(16)) disable_irq_wake(16)',
                'irq_set_irq_wake(16, 1); irq_set_irq_wake(16, 0)',
                'synchronize_irq(16); synchronize_hardirq(16)',
                'irq_set_irq_type(16, IRQ_TYPE_EDGE_RISING)',
        ]
    }

    def "what the controller cannot do is refused: #call gives #result"() {
        when:
        driver(act: "pr_info('%d\\n', $call)")
        this.call('act')

        then:
        said() == [result.toString()]
        rules() == []

        where:
        call                                          || result
        'irq_set_irq_type(16, IRQ_TYPE_EDGE_FALLING)' || -22
        'irq_set_irq_type(99, IRQ_TYPE_EDGE_RISING)'  || -22
        'irq_set_affinity(16, cpumask_of(5))'         || -22
        'irq_set_affinity(99, cpumask_of(0))'         || -22
        'enable_irq_wake(99)'                         || -22
        'irq_set_affinity(16, cpumask_of(1))'         || 0
    }

    def "whatever the schedule, a handler is never inside itself, no edge is lost, and nothing runs after disable and free: seed #seed"() {
        given:
        boot(new RandomStrategy(seed))
        driver(request: "request_threaded_irq(16, handler, thread, IRQF_ONESHOT, 'b', only)",
                beside: 'int inside; int runs; int woken; int off; int wrong',
                handler: """
                    if (inside++ || off) wrong = 1
                    spin_lock(t.lock); woken++; spin_unlock(t.lock)
                    inside--
                    return IRQ_WAKE_THREAD""",
                thread: 'if (off) wrong = 2; mutex_lock(t.m); msleep(1); runs = t.n; mutex_unlock(t.m)',
                act: """
                    for (int i = 0; i < 4; i++) {
                        disable_irq(16)
                        off = 1
                        udelay(30)
                        off = 0
                        enable_irq(16)
                        long flags = spin_lock_irqsave(only.lock)
                        udelay(10)
                        spin_unlock_irqrestore(only.lock, flags)
                        synchronize_irq(16)
                        irq_set_affinity(16, cpumask_of(i & 1))
                    }""",
                stop: "free_irq(16, only); if (wrong) pr_info('wrong %d\\n', wrong); if (runs != only.n) pr_info('lost\\n')")

        when:
        pulseIn(5, 20, 21, 22, 60, 61, 100, 150, 1200, 1300)
        call('act')
        pulse()
        unload()

        then:
        said() == []
        rules() == []
        line().count() > 2
        simulation.scheduler().tasks() == []

        where:
        seed << (1..40)
    }

    def "whatever the schedule, a level line with a thread is served until its device is quiet: seed #seed"() {
        given:
        boot(new RandomStrategy(seed), MACHINE)
        load String.format(BUTTON, 'return IRQ_NONE', '''
            static irqreturn_t thread(int irq, Object dev_id) {
                button b = dev_id
                msleep(1)
                writel(1, b.regs + 0x04)
                b.presses++
                return IRQ_HANDLED
            }
            static int act() {
                for (int i = 0; i < 4; i++) {
                    disable_irq(16)
                    udelay(20)
                    enable_irq(16)
                    synchronize_irq(16)
                    msleep(1)
                }
                return 0
            }''').replace('devm_request_irq(pdev.dev, b.irq, handler, 0,', 'devm_request_threaded_irq(pdev.dev, b.irq, null, thread, IRQF_ONESHOT,')
        def button = simulation.board().part('button0').peripheral()
        [10, 30, 500, 1100, 1900, 2600, 3500].each { us ->
            simulation.clock().at(simulation.nowNs() + 1000L * us, 'press') { button.actions().first().body().accept([]) }
        }

        when:
        call('act')
        press()
        simulation.runUntil(simulation.nowNs() + 10_000_000)

        then:
        button.registers().read(0x04) == 0
        line().count() >= 2
        line().disableDepth() == 0
        unload() == 0
        rules() == []

        where:
        seed << (1..40)
    }
}
