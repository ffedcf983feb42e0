package dev.tophalf.linux

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.contract.Budgets
import dev.tophalf.runtime.machine.Machine

class TimerSpec extends DriverSpecification {
    static final long TICK = 4_000_000

    /** A module with two timers in a struct; %s are statements of its start, of its callback and of its end. */
    static final String DRIVER = '''
        MODULE_LICENSE('GPL')
        class blink { timer_list timer; timer_list other; spinlock_t lock; int n; long began }
        DEFINE_SPINLOCK(lock)
        DEFINE_SPINLOCK(second)
        DEFINE_TIMER(alarm, ring)
        blink only
        static void ring(timer_list t) { pr_info('ring\\n') }
        static void fire(timer_list t) {
            blink b = from_timer(b, t, timer)
            b.n++
            %2$s
        }
        static void other(timer_list t) {
            blink b = from_timer(b, t, other)
            pr_info('other\\n')
        }
        static int start() {
            blink b = kzalloc(blink, GFP_KERNEL)
            only = b
            spin_lock_init(b.lock)
            timer_setup(b.timer, fire, 0)
            timer_setup(b.other, other, 0)
            b.began = jiffies
            %1$s
            return 0
        }
        static void stop() {
            blink b = only
            %3$s
        }
        module_init(start)
        module_exit(stop)'''

    static final String CLEAN = 'timer_shutdown_sync(b.timer); timer_shutdown_sync(b.other); timer_shutdown_sync(alarm); kfree(b)'

    private Integer driver(String start, String callback = "pr_info('fired after %ld\\n', jiffies - b.began)", String stop = CLEAN) {
        load String.format(DRIVER, start, callback, stop)
    }

    private List<String> said() {
        dmesg().findAll { it =~ /^(fired|ring|other|start|n |\d)/ }
    }

    def "a timer fires at its jiffy, in softirq context with interrupts on"() {
        when:
        driver('pr_info("start\\n"); mod_timer(b.timer, jiffies + 5)',
                'pr_info("%ld %d %d %d %x\\n", jiffies - b.began, in_serving_softirq(), in_hardirq(), irqs_disabled(), preempt_count())')

        then:
        said() == ['start', '5 1 0 0 100']
        simulation.nowNs() == 5 * TICK
        rules() == []

        when:
        unload()

        then:
        rules() == []
    }

    def "mod_timer(jiffies #offset) fires after #ticks ticks"() {
        when:
        driver("mod_timer(b.timer, jiffies $offset)")

        then:
        said() == ["fired after $ticks"]

        where:
        offset   || ticks
        '+ 1'    || 1
        '+ 250'  || 250
        '+ 0'    || 1
        '- 100'  || 1
    }

    def "a timer that is far away leaves the machine alone until then"() {
        when:
        driver('mod_timer(b.timer, jiffies + 10 * HZ)')

        then:
        said() == []
        simulation.nowNs() == 0

        when:
        simulation.runUntil(11_000_000_000)

        then:
        said() == ['fired after 2500']
        rules() == []
    }

    def "#call returns #result when the timer is #state, and it fires after #fired"() {
        when:
        driver("${state == 'pending' ? 'mod_timer(b.timer, jiffies + 10)' : ''}; pr_info('n %d\\n', $call)")

        then:
        said() == ["n $result"] + (fired ? ["fired after $fired"] : [])
        rules() == []

        where:
        call                                       | state      || result | fired
        'mod_timer(b.timer, jiffies + 20)'         | 'idle'     || 0      | 20
        'mod_timer(b.timer, jiffies + 20)'         | 'pending'  || 1      | 20
        'mod_timer(b.timer, jiffies + 10)'         | 'pending'  || 1      | 10
        'mod_timer_pending(b.timer, jiffies + 20)' | 'idle'     || 0      | 0
        'mod_timer_pending(b.timer, jiffies + 20)' | 'pending'  || 1      | 20
        'timer_reduce(b.timer, jiffies + 20)'      | 'idle'     || 0      | 20
        'timer_reduce(b.timer, jiffies + 20)'      | 'pending'  || 1      | 10
        'timer_reduce(b.timer, jiffies + 5)'       | 'pending'  || 1      | 5
        'timer_pending(b.timer)'                   | 'idle'     || 0      | 0
        'timer_pending(b.timer)'                   | 'pending'  || 1      | 10
        'timer_delete(b.timer)'                    | 'idle'     || 0      | 0
        'timer_delete(b.timer)'                    | 'pending'  || 1      | 0
        'del_timer(b.timer)'                       | 'pending'  || 1      | 0
        'timer_delete_sync(b.timer)'               | 'pending'  || 1      | 0
        'del_timer_sync(b.timer)'                  | 'idle'     || 0      | 0
        'try_to_del_timer_sync(b.timer)'           | 'pending'  || 1      | 0
        'timer_shutdown(b.timer)'                  | 'pending'  || 1      | 0
        'timer_shutdown_sync(b.timer)'             | 'idle'     || 0      | 0
    }

    def "#call takes the time from the timer, and #pins"() {
        when:
        driver("b.timer.expires = jiffies + 7; b.timer.flags = TIMER_PINNED; $call; pr_info('n %x\\n', b.timer.flags)")

        then:
        said() == ["n $flags", 'fired after 7']
        rules() == []

        where:
        call                        || flags    | pins
        'add_timer(b.timer)'        || '100000' | 'leaves the flags alone'
        'add_timer_local(b.timer)'  || '100000' | 'pins it'
        'add_timer_on(b.timer, 0)'  || '100000' | 'pins it'
        'add_timer_global(b.timer)' || '0'      | 'lets it go anywhere'
    }

    def "add_timer_on() lets a timer fire on another CPU"() {
        when:
        driver('b.timer.expires = jiffies + 7; add_timer_on(b.timer, 1)', 'pr_info("fired on %d\\n", smp_processor_id())')
        unload()

        then:
        said() == ['fired on 1']
        rules() == []
    }

    def "#call waits for a callback that runs on another CPU"() {
        when:
        driver("""b.timer.expires = jiffies + 1; add_timer_on(b.timer, 1); mdelay(5)
                  pr_info('n %d %d\\n', try_to_del_timer_sync(b.timer), b.n)
                  pr_info('n %d %d at %lld\\n', $call(b.timer), b.n, ktime_get())""", 'mdelay(5); b.n++')
        unload()

        then:
        said() == ['n -1 1', 'n 0 2 at 9000000']
        rules() == []

        where:
        call << ['timer_delete_sync', 'timer_shutdown_sync']
    }

    def "a timer whose callback runs on another CPU is armed there"() {
        when:
        driver("""b.timer.expires = jiffies + 1; add_timer_on(b.timer, 1); mdelay(5); mod_timer(b.timer, jiffies + 5); msleep(50)
                  mod_timer(b.timer, jiffies + 1)""",
                "mdelay(5); pr_info('fired on %d\\n', smp_processor_id())")
        unload()

        then:
        said() == ['fired on 1', 'fired on 1', 'fired on 0']
        rules() == []
    }

    def "add_timer_on() of a CPU that the machine does not have faults"() {
        when:
        driver('b.timer.expires = jiffies + 7; add_timer_on(b.timer, 2)')

        then:
        rules() == ['oops']
        findings.first().message().startsWith('add_timer_on() takes CPU 2 of a machine that has 2')
    }

    def "a timer with file scope needs no setting up"() {
        when:
        driver('mod_timer(alarm, jiffies + 1)')

        then:
        said() == ['ring']
        rules() == []
    }

    def "after #shutdown arming has no effect until the timer is set up again"() {
        when:
        driver("$shutdown(b.timer); pr_info('n %d\\n', mod_timer(b.timer, jiffies + 1)); b.timer.expires = jiffies + 1; add_timer(b.timer)")

        then:
        said() == ['n 0']
        rules() == []

        when:
        unload()
        driver("$shutdown(b.timer); timer_setup(b.timer, fire, 0); mod_timer(b.timer, jiffies + 1)")

        then:
        said() == ['n 0', 'fired after 1']
        rules() == []

        where:
        shutdown << ['timer_shutdown', 'timer_shutdown_sync']
    }

    def "a callback may arm its timer again; each round of the machine runs a second of it"() {
        when:
        driver('mod_timer(b.timer, jiffies + HZ / 10)', 'pr_info("fired after %ld\\n", jiffies - b.began); mod_timer(t, jiffies + HZ / 10)')

        then:
        said() == (1..10).collect { 'fired after ' + 25 * it }
        simulation.nowNs() == 1_000_000_000

        when:
        unload()

        then:
        said().size() == 10
        rules() == []
        !simulation.irqs().localTimer().isSet()
    }

    def "timers of the same jiffy fire in the order of arming, others in the order of time"() {
        when:
        driver("mod_timer(b.other, jiffies + 3); mod_timer(b.timer, jiffies + 3); mod_timer(alarm, jiffies + 2)", "pr_info('fired\\n')")

        then:
        said() == ['ring', 'other', 'fired']
    }

    def "a timer waits while #off, and fires when #on lets it"() {
        when:
        driver("mod_timer(b.timer, jiffies + 2); $off; mdelay(40); pr_info('start %d\\n', b.n); $on; ndelay(1); pr_info('n %d\\n', b.n)", '')

        then:
        said() == ['start 0', 'n 1']
        rules() == []

        where:
        off                    | on
        'local_bh_disable()'   | 'local_bh_enable()'
        'spin_lock_bh(lock)'   | 'spin_unlock_bh(lock)'
        'local_irq_disable()'  | 'local_irq_enable()'
    }

    def "a callback runs on top of a task that does not let go of the CPU"() {
        when:
        driver("mod_timer(b.timer, jiffies + 2); for (int i = 0; i < 5; i++) { ndelay(1); pr_info('n %d\\n', b.n); mdelay(3) }", '')

        then:
        said() == ['n 0', 'n 0', 'n 0', 'n 1', 'n 1']
    }

    def "#call in a callback is reported"() {
        when:
        driver('mod_timer(b.timer, jiffies + 1)', call)

        then:
        rules() == ['sleep-in-atomic']
        findings.first().context().kind().word() == 'softirq'
        findings.first().message().endsWith('in softirq context')

        where:
        call << ['msleep(1)', 'kfree(kmalloc(8, GFP_KERNEL))']
    }

    def "#call in a callback is fine"() {
        when:
        driver('mod_timer(b.timer, jiffies + 1)', call)
        unload()

        then:
        rules() == []

        where:
        call << ['kfree(kmalloc(8, GFP_ATOMIC))', 'spin_lock(b.lock); spin_unlock(b.lock)', 'spin_lock_bh(b.lock); spin_unlock_bh(b.lock)',
                 'long flags = spin_lock_irqsave(b.lock); spin_unlock_irqrestore(b.lock, flags)', 'mod_timer(t, jiffies + 1)',
                 'timer_delete(t)', 'timer_shutdown(t)', 'timer_delete_sync(b.other)', 'timer_pending(t)', 'try_to_del_timer_sync(t)']
    }

    def "a callback that takes a lock of the code it interrupts deadlocks; with softirqs off it waits"() {
        when:
        driver("mod_timer(b.timer, jiffies + 1); $take; mdelay(10); $give", 'spin_lock(b.lock); spin_unlock(b.lock)')

        then:
        rules() == expected
        simulation.isStopped() == !expected.empty
        expected.empty || findings.first().advice() == 'take the lock with spin_lock_bh() wherever the softirq cannot be allowed in'

        where:
        take                   | give                     || expected
        'spin_lock(b.lock)'    | 'spin_unlock(b.lock)'    || ['irq-unsafe-lock']
        'spin_lock_bh(b.lock)' | 'spin_unlock_bh(b.lock)' || []
    }

    def "TIMER_IRQSAFE keeps interrupts off in the callback"() {
        when:
        driver('timer_setup(b.timer, fire, TIMER_IRQSAFE); mod_timer(b.timer, jiffies + 1)', 'pr_info("n %d\\n", irqs_disabled())')

        then:
        said() == ['n 1']
        rules() == []
    }

    def "#call of a timer that was only zeroed is reported, and the timer stays quiet"() {
        when:
        load """
            MODULE_LICENSE('GPL')
            class blink { timer_list timer }
            static int start() {
                blink b = kzalloc(blink, GFP_KERNEL)
                $call
                kfree(b)
                return 0
            }
            module_init(start)"""

        then:
        rules() == ['timer-not-initialised']
        findings.first().message() == call.replaceAll(/\(.*/, '()') + ' of blink.timer, which was never set up'

        where:
        call << ['mod_timer(b.timer, jiffies + 1)', 'add_timer(b.timer)', 'timer_delete(b.timer)',
                 'timer_delete_sync(b.timer)', 'timer_shutdown_sync(b.timer)', 'timer_reduce(b.timer, jiffies)']
    }

    def "#mistake is reported as timer-pending"() {
        when:
        driver("mod_timer(b.timer, jiffies + 2); $call")

        then:
        rules() == ['timer-pending']
        said() == fired

        where:
        mistake                      | call                                                 || fired
        'adding a pending timer'     | 'add_timer(b.timer)'                                 || ['fired after 2']
        'adding it to a CPU'         | 'add_timer_on(b.timer, 1)'                           || ['fired after 2']
        'setting a pending timer up' | 'timer_setup(b.timer, fire, 0)'                      || []
    }

    def "#call in the timer's own callback deadlocks, and the machine stops"() {
        when:
        driver('mod_timer(b.timer, jiffies + 1)', call)

        then:
        rules() == ['timer-sync-deadlock']
        findings.first().message() == "${call.replaceAll(/\(.*/, '()')} in the callback of blink.timer waits for that callback to end"
        simulation.isStopped()

        where:
        call << ['timer_delete_sync(t)', 'del_timer_sync(t)', 'timer_shutdown_sync(b.timer)']
    }

    def "waiting for a callback with a lock held #verdict if the callback takes #taken"() {
        when:
        driver("mod_timer(b.timer, jiffies + 1); $before; spin_lock_bh(lock); timer_delete_sync(b.timer); spin_unlock_bh(lock); $after",
                "spin_lock($taken); spin_unlock($taken)")
        unload()

        then:
        rules() == expected

        where:
        taken    | before       | after                             || expected
        'lock'   | 'msleep(10)' | ''                                || ['timer-sync-deadlock']
        'lock'   | ''           | 'mod_timer(b.timer, jiffies + 1)' || ['timer-sync-deadlock']
        'second' | 'msleep(10)' | ''                                || []
        'second' | ''           | 'mod_timer(b.timer, jiffies + 1)' || []
        verdict = expected ? 'is reported' : 'is fine'
    }

    def "a lock that is given back before waiting is fine"() {
        when:
        driver('mod_timer(b.timer, jiffies + 1); msleep(10); spin_lock_bh(lock); spin_unlock_bh(lock); timer_delete_sync(b.timer)',
                'spin_lock(lock); spin_unlock(lock); mod_timer(t, jiffies + 1)')
        unload()

        then:
        rules() == []
    }

    def "a module that goes with a timer pending is reported where it armed the timer"() {
        when:
        driver('mod_timer(b.timer, jiffies + 10 * HZ)', '', stop)
        unload()

        then:
        rules() == expected
        findings.first().excerpt() == 'mod_timer(b.timer, jiffies + 10 * HZ)'
        findings.first().message() ==~ message

        when:
        simulation.runUntil(20_000_000_000)

        then:
        simulation.findings().size() == expected.size()

        where:
        stop       || expected                             | message
        ''         || ['missing-cancel', 'leak-at-unload'] | /driver is unloaded with blink.timer pending/
        'kfree(b)' || ['missing-cancel']                   | /struct blink is freed at driver.groovy:\d+ with blink.timer pending/
    }

    def "a timer that has fired, or was deleted, may be freed: #stop"() {
        when:
        driver("mod_timer(b.timer, jiffies + 1); mod_timer(b.other, jiffies + 10 * HZ)", '', stop)
        unload()

        then:
        rules() == []

        where:
        stop << ['timer_delete(b.other); kfree(b)', 'timer_delete_sync(b.other); kfree(b)', CLEAN]
    }

    def "a callback may free the memory of its timer"() {
        when:
        driver('mod_timer(b.timer, jiffies + 1)', 'only = null; kfree(b)', '')
        unload()

        then:
        rules() == []
    }

    def "managed memory that goes with a timer pending is reported; #remove #verdict"() {
        when:
        load String.format(BUTTON, '', 'class held { timer_list timer }\nstatic void fire(timer_list t) { }')
                .replace('spin_lock_init(b.lock)', '''held h = devm_kzalloc(pdev.dev, held, GFP_KERNEL)
                    timer_setup(h.timer, fire, 0); mod_timer(h.timer, jiffies + 10 * HZ); last = h''')
                .replace('DEFINE_MUTEX(m)', 'held last\nDEFINE_MUTEX(m)')
                .replace('writel(0, b.regs + 0x08)', "writel(0, b.regs + 0x08); $remove")
        unload()

        then:
        rules() == expected

        where:
        remove                            || expected
        ''                                || ['missing-cancel']
        'timer_shutdown_sync(last.timer)' || []
        verdict = expected ? 'is reported' : 'is right'
    }

    def "timer_delete_sync() in a hard irq handler is reported"() {
        when:
        press('timer_delete_sync(alarm)', 'static void ring(timer_list t) { }\nDEFINE_TIMER(alarm, ring)')

        then:
        rules() == ['wrong-context']
    }

    def "mod_timer() in a hard irq handler waits for contacts to settle"() {
        when:
        press('mod_timer(alarm, jiffies + 5)', 'static void ring(timer_list t) { pr_info("ring\\n") }\nDEFINE_TIMER(alarm, ring)')
        press()
        unload()

        then:
        said() == ['ring', 'ring']
        rules() == []
    }

    def "from_timer() of another member faults"() {
        when:
        driver('mod_timer(b.timer, jiffies + 1)', 'blink c = from_timer(c, t, other)')

        then:
        rules() == ['oops']
        findings.first().message().startsWith('from_timer() takes blink.timer for member other of struct blink')
    }

    def "from_timer() knows the type of a variable that was declared before"() {
        when:
        driver('mod_timer(b.timer, jiffies + 1)', "blink c\n c = from_timer(c, t, timer)\n pr_info('n %d\\n', c == b)")

        then:
        said() == ['n 1']
        rules() == []
    }

    def "a thousand timers fire in order"() {
        when:
        load '''
            MODULE_LICENSE('GPL')
            class thing { timer_list timer; int n }
            int last = -1
            int wrong = 0
            int fired = 0
            static void fire(timer_list t) {
                thing b = from_timer(b, t, timer)
                if (b.n < last) wrong++
                last = b.n
                fired++
            }
            static int start() {
                for (int i = 0; i < 1000; i++) {
                    thing b = kzalloc(thing, GFP_KERNEL)
                    b.n = i * 7 % 1000
                    timer_setup(b.timer, fire, 0)
                    mod_timer(b.timer, jiffies + 1 + b.n / 8)
                    b.n = b.n / 8
                }
                msleep(900)
                pr_info('%d fired, %d out of order\\n', fired, wrong)
                return 0
            }
            module_init(start)'''

        then:
        dmesg().last() == '1000 fired, 0 out of order'
        rules() == []
    }

    def "a callback that never ends is ended, and the machine with it"() {
        given:
        simulation.close()
        simulation = Simulation.builder(LINUX, Machine.parse(MACHINE, 'test.dts')).sites(sites)
                .budgets(Budgets.DEFAULT.withTicks(100_000)).boot()

        when:
        driver('mod_timer(b.timer, jiffies + 1)', 'while (true) { }')

        then:
        rules() == ['soft-lockup']
        simulation.stopReason() == 'Kernel panic - not syncing: soft-lockup in fire() in interrupt'
    }

    def "a callback that takes longer than its period leaves room for others"() {
        when:
        driver('mod_timer(b.timer, jiffies + 1); msleep(200); timer_delete_sync(b.timer); pr_info("n %d\\n", b.n > 10)',
                'mdelay(10); mod_timer(t, jiffies + 1)')
        unload()

        then:
        said() == ['n 1']
        rules() == []
    }

    def "the same run leaves the same trace"() {
        given:
        def traces = []

        when:
        2.times {
            simulation.close()
            simulation = Simulation.builder(LINUX, Machine.parse(MACHINE, 'test.dts')).sites(sites).boot()
            driver('mod_timer(b.timer, jiffies + 1); mod_timer(b.other, jiffies + 1); for (int i = 0; i < 9; i++) { msleep(3) }',
                    'mod_timer(t, jiffies + 2)')
            unload()
            traces << simulation.trace().lines()
        }

        then:
        traces[0] == traces[1]
        traces[0].count { it.contains('softirq TIMER') } > 100
        traces[0].any { it.contains('irq of the local timer') }
    }
}
