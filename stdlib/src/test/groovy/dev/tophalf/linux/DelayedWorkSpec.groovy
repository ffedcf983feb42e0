package dev.tophalf.linux

import dev.tophalf.runtime.script.ScriptRejectedException

class DelayedWorkSpec extends DriverSpecification {
    static final long TICK = 4_000_000

    private Integer driver(String start) {
        load String.format(WorkqueueSpec.DRIVER, start, '', WorkqueueSpec.CLEAN)
    }

    private List<String> said() {
        dmesg().findAll { it =~ /^(polled|ring|n )/ }
    }

    def "#call runs the function after #ticks ticks"() {
        when:
        driver("wq = alloc_workqueue('a', 0, 0); pr_info('n %d\\n', $call)")
        unload()

        then:
        said() == ["n $result", "polled after $ticks"]
        rules() == []

        where:
        call                                           || result | ticks
        'schedule_delayed_work(b.poll, 5)'             || 1      | 5
        'schedule_delayed_work(b.poll, 0)'             || 1      | 0
        'schedule_delayed_work_on(1, b.poll, 5)'       || 1      | 5
        'queue_delayed_work(wq, b.poll, 250)'          || 1      | 250
        'queue_delayed_work_on(1, wq, b.poll, 2)'      || 1      | 2
        'mod_delayed_work(wq, b.poll, 7)'              || 0      | 7
        'mod_delayed_work_on(0, wq, b.poll, 0)'        || 0      | 0
    }

    def "#call returns #result while the item waits for its 10 ticks, and it runs after #ticks"() {
        when:
        driver("schedule_delayed_work(b.poll, 10); pr_info('n %d\\n', $call)")

        then:
        said() == ["n $result"] + (ticks == null ? [] : ["polled after $ticks"])
        rules() == []

        where:
        call                                   || result | ticks
        'schedule_delayed_work(b.poll, 5)'     || 0      | 10
        'mod_delayed_work(system_wq, b.poll, 5)' || 1    | 5
        'mod_delayed_work(system_wq, b.poll, 20)' || 1   | 20
        'delayed_work_pending(b.poll)'         || 1      | 10
        'work_pending(b.poll.work)'            || 1      | 10
        'work_busy(b.poll.work)'               || 1      | 10
        'cancel_delayed_work(b.poll)'          || 1      | null
        'cancel_delayed_work_sync(b.poll)'     || 1      | null
        'disable_delayed_work(b.poll)'         || 1      | null
        'flush_work(b.poll.work)'              || 0      | 10
    }

    def "flush_delayed_work() does not wait for the timer"() {
        when:
        driver("schedule_delayed_work(b.poll, 100); pr_info('n %d %d\\n', flush_delayed_work(b.poll), delayed_work_pending(b.poll))")

        then:
        said() == ['polled after 0', 'n 1 0']
        rules() == []
    }

    def "a delayed item with file scope needs no setting up"() {
        when:
        driver('schedule_delayed_work(later, 3)')

        then:
        said() == ['ring']
        simulation.nowNs() == 3 * TICK
        rules() == []
    }

    def "the parts of a delayed item cannot be replaced: #statement"() {
        when:
        driver(statement)

        then:
        thrown(ScriptRejectedException)

        where:
        statement << ['work_struct w; b.poll.work = w', 'b.poll.work = null', 'timer_list t; b.poll.timer = t']
    }

    def "an item that starts itself again polls until it is cancelled"() {
        when:
        load '''
            MODULE_LICENSE('GPL')
            class thing { delayed_work poll; int n }
            thing only
            static void poll(work_struct w) {
                thing b = container_of(to_delayed_work(w), thing, poll)
                b.n++
                msleep(20)
                schedule_delayed_work(b.poll, msecs_to_jiffies(80))
            }
            static int start() {
                only = kzalloc(thing, GFP_KERNEL)
                INIT_DEFERRABLE_WORK(only.poll, poll)
                schedule_delayed_work(only.poll, 0)
                return 0
            }
            static void stop() {
                cancel_delayed_work_sync(only.poll)
                pr_info('n %d\\n', only.n)
                kfree(only)
            }
            module_init(start)
            module_exit(stop)'''
        unload()
        simulation.runUntil(3_000_000_000)

        then:
        said() == ['n 11']
        rules() == []
    }

    def "a handler lets contacts settle with mod_delayed_work()"() {
        when:
        press('mod_delayed_work(system_wq, settle, 5)', 'static void ring(work_struct w) { pr_info("ring\\n") }\nDECLARE_DELAYED_WORK(settle, ring)')
        press()

        then:
        said() == ['ring', 'ring']
        rules() == []
    }

    def "to_delayed_work() of a plain item faults"() {
        when:
        load '''
            MODULE_LICENSE('GPL')
            DECLARE_WORK(plain, f)
            static void f(work_struct w) { to_delayed_work(w) }
            static int start() { schedule_work(plain); return 0 }
            module_init(start)'''

        then:
        rules() == ['oops']
    }

    def "a local delayed item is done before its function returns"() {
        when:
        driver('delayed_work d; INIT_DELAYED_WORK_ONSTACK(d, ring); schedule_delayed_work(d, 50); flush_delayed_work(d); destroy_delayed_work_on_stack(d)')

        then:
        said() == ['ring']
        rules() == []
    }
}
