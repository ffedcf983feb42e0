package dev.tophalf.linux

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.machine.Machine

class HrtimerSpec extends DriverSpecification {
    /** A module with two timers in a struct; %s are statements of its start, of its callback and of its end. */
    static final String DRIVER = '''
        MODULE_LICENSE('GPL')
        class pulse { hrtimer timer; hrtimer other; spinlock_t lock; int n; ktime_t began }
        DEFINE_SPINLOCK(lock)
        DEFINE_SPINLOCK(second)
        pulse only
        static hrtimer_restart fire(hrtimer t) {
            pulse b = container_of(t, pulse, timer)
            b.n++
            %2$s
            return HRTIMER_NORESTART
        }
        static hrtimer_restart other(hrtimer t) {
            pr_info('other\\n')
            return HRTIMER_NORESTART
        }
        static int start() {
            pulse b = kzalloc(pulse, GFP_KERNEL)
            only = b
            spin_lock_init(b.lock)
            hrtimer_init(b.timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL)
            b.timer.function = fire
            hrtimer_init(b.other, CLOCK_MONOTONIC, HRTIMER_MODE_REL)
            b.other.function = other
            b.began = ktime_get()
            %1$s
            return 0
        }
        static void stop() {
            pulse b = only
            %3$s
        }
        module_init(start)
        module_exit(stop)'''

    static final String FIRED = "pr_info('fired after %lld\\n', ktime_get() - b.began)"
    static final String CLEAN = 'hrtimer_cancel(b.timer); hrtimer_cancel(b.other); kfree(b)'
    static final String FAR = 'hrtimer_start(b.timer, ms_to_ktime(100), HRTIMER_MODE_REL)'
    static final String SOON = 'hrtimer_start(b.timer, 1000, HRTIMER_MODE_REL)'

    private Integer driver(String start, String callback = FIRED, String stop = CLEAN) {
        load String.format(DRIVER, start, callback, stop)
    }

    private List<String> said() {
        dmesg().findAll { it =~ /^(fired|other|start|n |\d)/ }
    }

    def "a timer fires at its nanosecond, in hard irq context"() {
        when:
        driver('pr_info("start\\n"); hrtimer_start(b.timer, 12345, HRTIMER_MODE_REL)',
                'pr_info("%lld %d %d %d\\n", ktime_get() - b.began, in_hardirq(), in_serving_softirq(), irqs_disabled())')

        then:
        said() == ['start', '12345 1 0 1']
        rules() == []

        when:
        unload()

        then:
        rules() == []
    }

    def "with HRTIMER_MODE_SOFT it fires in softirq context"() {
        when:
        driver('''hrtimer_init(b.timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT); b.timer.function = fire
                  hrtimer_start(b.timer, 12345, HRTIMER_MODE_REL_SOFT)''',
                'pr_info("%lld %d %d %d\\n", ktime_get() - b.began, in_hardirq(), in_serving_softirq(), irqs_disabled())')

        then:
        said() == ['12345 0 1 0']
        cat('/proc/softirqs').readLines().any { it =~ /HRTIMER: +1 / }
        rules() == []
    }

    def "#clock #mode #time fires after #ns ns"() {
        when:
        driver("""udelay(5); b.began = ktime_get(); hrtimer_init(b.timer, $clock, $mode); b.timer.function = fire
                  hrtimer_start(b.timer, $time, $mode)""")

        then:
        said() == ["fired after $ns"]
        rules() == []

        where:
        clock             | mode                    | time                            || ns
        'CLOCK_MONOTONIC' | 'HRTIMER_MODE_REL'      | '1000'                          || 1_000
        'CLOCK_MONOTONIC' | 'HRTIMER_MODE_ABS'      | 'ktime_get() + 1000'            || 1_000
        'CLOCK_MONOTONIC' | 'HRTIMER_MODE_ABS'      | '0'                             || 0
        'CLOCK_BOOTTIME'  | 'HRTIMER_MODE_ABS'      | 'ktime_get_boottime() + 1000'   || 1_000
        'CLOCK_REALTIME'  | 'HRTIMER_MODE_ABS'      | 'ktime_get_real() + 1000'       || 1_000
        'CLOCK_REALTIME'  | 'HRTIMER_MODE_REL'      | '1000'                          || 1_000
        'CLOCK_TAI'       | 'HRTIMER_MODE_ABS_HARD' | 'ktime_get_real() + 1000'       || 1_000
        'CLOCK_MONOTONIC' | 'HRTIMER_MODE_REL_PINNED_SOFT' | '1000'                   || 1_000
    }

    def "a timer that is started #time from now never fires"() {
        when:
        driver("udelay(1); hrtimer_start(b.timer, $time, HRTIMER_MODE_REL); pr_info('n %d\\n', hrtimer_active(b.timer))")
        unload()

        then:
        said() == ['n 1']
        rules() == []

        where: 'a sum that is less than now counts as one that is too large'
        time << ['KTIME_MAX', '-7']
    }

    def "a range lets a timer wait for another, and no longer than it ends"() {
        when:
        driver("hrtimer_start_range_ns(b.timer, 1000, 500, HRTIMER_MODE_REL); $other")

        then:
        said() == fired
        rules() == []

        where:
        other                                             || fired
        ''                                                || ['fired after 1500']
        'hrtimer_start(b.other, 1200, HRTIMER_MODE_REL)'  || ['other', 'fired after 1200']
        'hrtimer_start(b.other, 900, HRTIMER_MODE_REL)'   || ['other', 'fired after 1500']
    }

    def "#call is #result when the timer is #state"() {
        when:
        driver("${state == 'queued' ? 'hrtimer_start(b.timer, 1000, HRTIMER_MODE_REL)' : ''}; pr_info('n %lld\\n', (s64) $call); hrtimer_cancel(b.timer)")

        then:
        said() == ["n $result"]
        rules() == []

        where:
        call                               | state    || result
        'hrtimer_active(b.timer)'          | 'idle'   || 0
        'hrtimer_active(b.timer)'          | 'queued' || 1
        'hrtimer_is_queued(b.timer)'       | 'idle'   || 0
        'hrtimer_is_queued(b.timer)'       | 'queued' || 1
        'hrtimer_callback_running(b.timer)'| 'queued' || 0
        'hrtimer_cancel(b.timer)'          | 'idle'   || 0
        'hrtimer_cancel(b.timer)'          | 'queued' || 1
        'hrtimer_try_to_cancel(b.timer)'   | 'idle'   || 0
        'hrtimer_try_to_cancel(b.timer)'   | 'queued' || 1
        'hrtimer_get_remaining(b.timer)'   | 'queued' || 1000
        'hrtimer_get_expires(b.timer)'     | 'queued' || 1000
        'hrtimer_get_softexpires(b.timer)' | 'queued' || 1000
        'hrtimer_cb_get_time(b.timer)'     | 'queued' || 0
        'hrtimer_forward_now(b.timer, 10)' | 'queued' || 0
        'hrtimer_resolution'               | 'idle'   || 1
    }

    def "in its callback a timer runs and is not queued"() {
        when:
        driver(SOON, '''pr_info('n %d %d %d %d\\n', hrtimer_active(t), hrtimer_is_queued(t), hrtimer_callback_running(t),
                  hrtimer_try_to_cancel(t))''')

        then:
        said() == ['n 1 0 1 -1']
        rules() == []
    }

    def "a periodic timer forwards itself and keeps its period, however late it is"() {
        when:
        driver('hrtimer_start(b.timer, 100000, HRTIMER_MODE_REL)',
                "pr_info('n %llu at %lld\\n', hrtimer_forward_now(t, 100000), ktime_get()); if (b.n == 2) udelay(250); if (b.n < 5) return HRTIMER_RESTART")
        unload()

        then:
        said() == ['n 1 at 100000', 'n 1 at 200000', 'n 2 at 450000', 'n 1 at 500000', 'n 1 at 600000']
        rules() == []
    }

    def "hrtimer_forward(#now, #interval) of a timer at 1000 counts #overruns and leaves it at #expires"() {
        when:
        driver("hrtimer_set_expires(b.timer, 1000); pr_info('n %llu %lld\\n', hrtimer_forward(b.timer, $now, $interval), hrtimer_get_expires(b.timer))")

        then:
        said() == ["n $overruns $expires"]
        rules() == []

        where:
        now  | interval || overruns | expires
        999  | 100      || 0        | 1000
        1000 | 100      || 1        | 1100
        1099 | 100      || 1        | 1100
        1100 | 100      || 2        | 1200
        1950 | 100      || 10       | 2000
        1001 | 0        || 2        | 1002
    }

    def "hrtimer_restart() goes back to the time of before"() {
        when:
        driver('hrtimer_start(b.timer, 5000, HRTIMER_MODE_REL); hrtimer_cancel(b.timer); hrtimer_restart(b.timer)')

        then:
        said() == ['fired after 5000']
        rules() == []
    }

    def "hrtimer_start_expires() takes the time from the timer"() {
        when:
        driver('hrtimer_set_expires(b.timer, 7000); hrtimer_start_expires(b.timer, HRTIMER_MODE_ABS)')

        then:
        said() == ['fired after 7000']
        rules() == []
    }

    def "starting a timer again moves it"() {
        when:
        driver("$FAR; $SOON; hrtimer_start(b.timer, 3000, HRTIMER_MODE_REL)")

        then:
        said() == ['fired after 3000']
        rules() == []
    }

    def "a timer that is started in its callback needs no HRTIMER_RESTART"() {
        when:
        driver(SOON, "$FIRED; if (b.n < 3) hrtimer_start(t, 1000, HRTIMER_MODE_REL)")
        unload()

        then:
        said() == ['fired after 1000', 'fired after 2000', 'fired after 3000']
        rules() == []
    }

    def "timers fire in the order of time, and of starting"() {
        when:
        driver('hrtimer_start(b.other, 2000, HRTIMER_MODE_ABS); hrtimer_start(b.timer, 2000, HRTIMER_MODE_ABS)')

        then:
        said() == ['other', 'fired after 2000']
    }

    def "high resolution timers and timers of jiffies share the CPU's clock"() {
        when:
        load '''
            MODULE_LICENSE('GPL')
            class both { timer_list slow; hrtimer fast }
            both only = new both()
            static void slow(timer_list t) { pr_info('slow at %lld\\n', ktime_get()) }
            static hrtimer_restart fast(hrtimer t) {
                pr_info('fast at %lld\\n', ktime_get())
                hrtimer_forward_now(t, 3 * NSEC_PER_MSEC)
                return ktime_get() < 8 * NSEC_PER_MSEC ? HRTIMER_RESTART : HRTIMER_NORESTART
            }
            static int start() {
                timer_setup(only.slow, slow, 0)
                mod_timer(only.slow, jiffies + 1)
                hrtimer_init(only.fast, CLOCK_MONOTONIC, HRTIMER_MODE_REL)
                only.fast.function = fast
                hrtimer_start(only.fast, 3 * NSEC_PER_MSEC, HRTIMER_MODE_REL)
                return 0
            }
            module_init(start)'''

        then:
        dmesg().takeRight(4) == ['fast at 3000000', 'slow at 4000000', 'fast at 6000000', 'fast at 9000000']
        rules() == []
    }

    def "hrtimer_cancel() waits for a callback that runs on another CPU"() {
        when:
        load """
            MODULE_LICENSE('GPL')
            class both { timer_list there; hrtimer timer; int n }
            both only = new both()
            static void there(timer_list t) { hrtimer_start(only.timer, 1000, HRTIMER_MODE_REL_SOFT) }
            static hrtimer_restart fire(hrtimer t) { mdelay(5); only.n = 1 + smp_processor_id(); return HRTIMER_NORESTART }
            static int start() {
                timer_setup(only.there, there, 0)
                hrtimer_init(only.timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT)
                only.timer.function = fire
                only.there.expires = jiffies + 1
                add_timer_on(only.there, 1)
                mdelay(5)
                pr_info('n %d %d\\n', hrtimer_try_to_cancel(only.timer), hrtimer_callback_running(only.timer))
                int was = hrtimer_cancel(only.timer)
                pr_info('n %d %d at %lld\\n', was, only.n, ktime_get())
                return 0
            }
            module_init(start)"""

        then:
        said() == ['n -1 1', 'n 0 2 at 9001000']
        rules() == []
    }

    def "#call in a callback in #context context #verdict"() {
        when:
        driver("""hrtimer_init(b.timer, CLOCK_MONOTONIC, $mode); b.timer.function = fire
                  hrtimer_start(b.timer, 1000, $mode)""", call)

        then:
        rules() == expected

        where:
        call                                     | context   || expected
        'msleep(1)'                              | 'hardirq' || ['sleep-in-atomic']
        'msleep(1)'                              | 'softirq' || ['sleep-in-atomic']
        'kfree(kmalloc(8, GFP_KERNEL))'          | 'hardirq' || ['sleep-in-atomic']
        'mdelay(2)'                              | 'hardirq' || ['hardirq-too-long']
        'mdelay(2)'                              | 'softirq' || []
        'hrtimer_cancel(b.other)'                | 'hardirq' || ['wrong-context']
        'hrtimer_cancel(b.other)'                | 'softirq' || []
        'hrtimer_try_to_cancel(b.other)'         | 'hardirq' || []
        'spin_lock(b.lock); spin_unlock(b.lock)' | 'hardirq' || []
        'kfree(kmalloc(8, GFP_ATOMIC))'          | 'hardirq' || []
        mode = context == 'softirq' ? 'HRTIMER_MODE_REL_SOFT' : 'HRTIMER_MODE_REL'
        verdict = expected ? 'is reported' : 'is fine'
    }

    def "a callback that takes a lock of the code it interrupts deadlocks; with interrupts off it waits"() {
        when:
        driver("$SOON; $take; udelay(10); $give", 'spin_lock(lock); spin_unlock(lock)')

        then:
        rules() == expected

        where:
        take                                 | give                                 || expected
        'spin_lock(lock)'                    | 'spin_unlock(lock)'                  || ['irq-unsafe-lock']
        'spin_lock_bh(lock)'                 | 'spin_unlock_bh(lock)'               || ['irq-unsafe-lock']
        'long flags = spin_lock_irqsave(lock)' | 'spin_unlock_irqrestore(lock, flags)' || []
    }

    def "hrtimer_cancel() in the timer's own callback deadlocks, and the machine stops"() {
        when:
        driver('''hrtimer_init(b.timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT); b.timer.function = fire
                  hrtimer_start(b.timer, 1000, HRTIMER_MODE_REL_SOFT)''', 'hrtimer_cancel(t)')

        then:
        rules() == ['timer-sync-deadlock']
        findings.first().message() == 'hrtimer_cancel() in the callback of pulse.timer waits for that callback to end'
        simulation.isStopped()
    }

    def "cancelling with a lock held #verdict if the callback takes #taken"() {
        when:
        driver("$SOON; $before; spin_lock(lock); hrtimer_cancel(b.timer); spin_unlock(lock); $after",
                "spin_lock($taken); spin_unlock($taken)")
        unload()

        then:
        rules() == expected

        where:
        taken    | before      | after || expected
        'lock'   | 'udelay(9)' | ''    || ['irq-unsafe-lock', 'timer-sync-deadlock']
        'lock'   | ''          | SOON  || ['irq-unsafe-lock', 'timer-sync-deadlock']
        'second' | 'udelay(9)' | ''    || []
        'second' | ''          | SOON  || []
        verdict = expected ? 'is reported' : 'is fine'
    }

    def "a timer that is queued when its #what goes is reported where it was started"() {
        when:
        driver('hrtimer_start(b.timer, 10 * NSEC_PER_SEC, HRTIMER_MODE_REL)', '', stop)
        unload()

        then:
        rules() == expected
        findings.first().excerpt() == 'hrtimer_start(b.timer, 10 * NSEC_PER_SEC, HRTIMER_MODE_REL)'
        findings.first().message() ==~ message

        where:
        what     | stop       || expected                             | message
        'module' | ''         || ['missing-cancel', 'leak-at-unload'] | /driver is unloaded with pulse.timer queued/
        'memory' | 'kfree(b)' || ['missing-cancel']                   | /struct pulse is freed at driver.groovy:\d+ with pulse.timer queued/
    }

    def "a timer that has fired, or was cancelled, may be freed"() {
        when:
        driver("$SOON; hrtimer_start(b.other, 10 * NSEC_PER_SEC, HRTIMER_MODE_REL)", '', stop)
        unload()

        then:
        rules() == []

        where:
        stop << ['hrtimer_cancel(b.other); kfree(b)', 'hrtimer_try_to_cancel(b.other); kfree(b)', CLEAN]
    }

    def "#mistake is reported as #rule"() {
        when:
        driver(start, callback)

        then:
        rules() == [rule]
        findings.first().message() == message

        where:
        mistake                      | start                                                               | callback || rule | message
        'starting without function'  | "b.timer.function = null; $SOON"                                    | ''                       || 'timer-not-initialised' | 'hrtimer_start() of pulse.timer, which has no function'
        'initialising after setting' | "hrtimer_init(b.timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL); $SOON"   | ''                       || 'timer-not-initialised' | 'hrtimer_start() of pulse.timer, which has no function'
        'initialising what is queued'| "$FAR; hrtimer_init(b.timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL)"    | ''                       || 'timer-pending'         | 'hrtimer_init() of pulse.timer, which is queued'
        'forwarding what is queued'  | "$SOON; udelay(2); local_irq_disable(); $SOON; udelay(2); hrtimer_forward_now(b.timer, 5); local_irq_enable()" | '' || 'timer-pending' | 'hrtimer_forward_now() of pulse.timer, which is queued'
        'changing what is queued'    | "$FAR; hrtimer_set_expires(b.timer, 5); hrtimer_cancel(b.timer)"    | ''                       || 'timer-pending'         | 'hrtimer_set_expires() of pulse.timer, which is queued'
        'another mode at the start'  | 'hrtimer_start(b.timer, 1000, HRTIMER_MODE_REL_SOFT)'               | ''                       || 'hrtimer-misuse'        | 'hrtimer_start() of pulse.timer with HRTIMER_MODE_SOFT, unlike hrtimer_init()'
        'a clock that has no timers' | 'hrtimer_init(b.timer, CLOCK_MONOTONIC_RAW, HRTIMER_MODE_REL)'      | ''                       || 'hrtimer-misuse'        | 'hrtimer_init() of pulse.timer with clock 4'
        'not forwarding'             | SOON                                                                | 'return HRTIMER_RESTART' || 'hrtimer-not-forwarded' | 'fire() returned HRTIMER_RESTART, but pulse.timer still expires when it did'
    }

    def "#call of a timer that was only zeroed is reported"() {
        when:
        load """
            MODULE_LICENSE('GPL')
            class pulse { hrtimer timer }
            static int start() {
                pulse b = kzalloc(pulse, GFP_KERNEL)
                $call
                kfree(b)
                return 0
            }
            module_init(start)"""

        then:
        rules().first() == 'timer-not-initialised'
        findings.first().message() == call.replaceAll(/\(.*/, '()') + ' of pulse.timer, which was never initialised'

        where:
        call << ['hrtimer_start(b.timer, 5, HRTIMER_MODE_REL)', 'hrtimer_cancel(b.timer)', 'hrtimer_try_to_cancel(b.timer)',
                 'hrtimer_restart(b.timer)', 'hrtimer_forward_now(b.timer, 5)', 'hrtimer_get_remaining(b.timer)']
    }

    def "the same run leaves the same trace"() {
        given:
        def traces = []

        when:
        2.times {
            simulation.close()
            simulation = Simulation.builder(LINUX, Machine.parse(MACHINE, 'test.dts')).sites(sites).boot()
            driver("$SOON; hrtimer_start(b.other, 1000, HRTIMER_MODE_REL); for (int i = 0; i < 9; i++) { msleep(3) }",
                    'hrtimer_forward_now(t, 500000); return HRTIMER_RESTART')
            unload()
            traces << simulation.trace().lines()
        }

        then:
        traces[0] == traces[1]
        traces[0].count { it.contains('irq of the local timer') } > 50
    }
}
