package dev.tophalf.linux

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.contract.Budgets
import dev.tophalf.runtime.machine.Machine

class WorkqueueSpec extends DriverSpecification {
    /** A module with work items in a struct and a queue; %s are statements of its start, of its function and of its end. */
    static final String DRIVER = '''
        MODULE_LICENSE('GPL')
        class thing { work_struct work; work_struct other; delayed_work poll; mutex m; mutex second; int n; long began }
        DECLARE_WORK(ready, ring)
        DECLARE_DELAYED_WORK(later, ring)
        DEFINE_MUTEX(lock)
        thing only
        workqueue_struct wq
        static void ring(work_struct w) { pr_info('ring\\n') }
        static void fire(work_struct w) {
            thing b = container_of(w, thing, work)
            b.n++
            %2$s
        }
        static void other(work_struct w) {
            thing b = container_of(w, thing, other)
            pr_info('other\\n')
        }
        static void poll(work_struct w) {
            thing b = container_of(to_delayed_work(w), thing, poll)
            pr_info('polled after %%ld\\n', jiffies - b.began)
        }
        static int start() {
            thing b = kzalloc(thing, GFP_KERNEL)
            only = b
            mutex_init(b.m)
            mutex_init(b.second)
            INIT_WORK(b.work, fire)
            INIT_WORK(b.other, other)
            INIT_DELAYED_WORK(b.poll, poll)
            b.began = jiffies
            %1$s
            return 0
        }
        static void stop() {
            thing b = only
            %3$s
        }
        module_init(start)
        module_exit(stop)'''

    static final String FIRED = "pr_info('fired %d\\n', b.n)"
    static final String CANCEL = 'cancel_work_sync(b.work); cancel_work_sync(b.other); cancel_delayed_work_sync(b.poll); cancel_work_sync(ready); cancel_delayed_work_sync(later)'
    static final String CLEAN = "$CANCEL; kfree(b); if (wq) destroy_workqueue(wq)"

    private Integer driver(String start, String function = FIRED, String stop = CLEAN) {
        load String.format(DRIVER, start, function, stop)
    }

    private List<String> said() {
        dmesg().findAll { it =~ /^(fired|ring|other|start|polled|begin|end|n |kworker|\d)/ }
    }

    def "a queued item runs once, in process context, by a kworker of the CPU"() {
        when:
        driver('pr_info("start %d %d\\n", schedule_work(b.work), schedule_work(b.work))',
                'pr_info("%s %d %d %d\\n", current.comm, b.n, in_task(), current_work() == w)')
        unload()

        then:
        said() == ['start 1 0', 'kworker/0:0 1 1 1']
        rules() == []
    }

    def "#queue runs its items in #worker"() {
        when:
        driver("wq = $queue; queue_work(wq, b.work)", 'pr_info("%s\\n", current.comm)',
                queue.startsWith('system') ? "$CANCEL; kfree(b)" : CLEAN)
        unload()

        then:
        said() == [worker]
        rules() == []

        where:
        queue                                                 || worker
        'system_wq'                                           || 'kworker/0:0'
        'system_long_wq'                                      || 'kworker/0:0'
        'system_freezable_wq'                                 || 'kworker/0:0'
        'system_power_efficient_wq'                           || 'kworker/0:0'
        'system_highpri_wq'                                   || 'kworker/0:0H'
        'system_unbound_wq'                                   || 'kworker/u8:0'
        "alloc_workqueue('a', 0, 0)"                          || 'kworker/0:0'
        "alloc_workqueue('a%d', WQ_HIGHPRI, 0, 1)"            || 'kworker/0:0H'
        "alloc_workqueue('a', WQ_UNBOUND | WQ_SYSFS, 4)"      || 'kworker/u8:0'
        "alloc_workqueue('a', WQ_UNBOUND | WQ_HIGHPRI, 0)"    || 'kworker/u9:0'
        "alloc_ordered_workqueue('%s-%d', 0, 'a', 1)"         || 'kworker/u8:0'
        "create_workqueue('a')"                               || 'kworker/0:0'
        "create_freezable_workqueue('a')"                     || 'kworker/u8:0'
        "create_singlethread_workqueue('a')"                  || 'kworker/u8:0'
    }

    def "#call runs by a kworker of CPU 1"() {
        when:
        driver("$call; msleep(10)", 'pr_info("%s\\n", current.comm)')
        unload()

        then:
        said() == ['kworker/1:0']

        where:
        call << ['schedule_work_on(1, b.work)', 'queue_work_on(1, system_wq, b.work)', 'wq = alloc_workqueue("a", 0, 0); queue_work_on(1, wq, b.work)']
    }

    def "#call of a CPU that the machine does not have faults"() {
        when:
        driver(call)

        then:
        rules() == ['oops']
        findings.first().message().startsWith("${call.replaceAll(/\(.*/, '()')} names CPU 7; the machine has 2")

        where:
        call << ['schedule_work_on(7, b.work)', 'schedule_delayed_work_on(7, b.poll, 1)', 'queue_delayed_work_on(7, system_wq, b.poll, 0)']
    }

    def "a handler leaves to a work item what may sleep"() {
        when:
        press('schedule_work(b.work)', 'static void later(work_struct w) { msleep(5); pr_info("ring\\n") }\n')

        then:
        rules() == ['work-not-initialised']

        when:
        unload()
        press('INIT_WORK(b.work, later); schedule_work(b.work)', 'static void later(work_struct w) { msleep(5); pr_info("ring\\n") }\n')

        then:
        said() == ['ring']
    }

    def "while an item sleeps another kworker of the pool runs the next one; while it is up they wait"() {
        when:
        driver("queue_work($queue, b.work); queue_work($queue, b.other); msleep(50)", "pr_info('begin\\n'); $wait; pr_info('end\\n')")
        unload()

        then:
        said() == order
        rules() == []

        where:
        queue               | wait        || order
        'system_wq'         | 'msleep(5)' || ['begin', 'other', 'end']
        'system_wq'         | 'mdelay(5)' || ['begin', 'end', 'other']
        'system_unbound_wq' | 'msleep(5)' || ['begin', 'other', 'end']
    }

    def "#queue #verdict its items overlap"() {
        when:
        driver("wq = $queue; queue_work(wq, b.work); queue_work(wq, b.other); msleep(50)", "pr_info('begin\\n'); msleep(5); pr_info('end\\n')")
        unload()

        then:
        said() == (overlap ? ['begin', 'other', 'end'] : ['begin', 'end', 'other'])
        rules() == []

        where:
        queue                                     | overlap
        "alloc_workqueue('a', 0, 0)"              | true
        "alloc_workqueue('a', 0, 2)"              | true
        "alloc_workqueue('a', 0, 1)"              | false
        "alloc_workqueue('a', WQ_UNBOUND, 2)"     | true
        "alloc_workqueue('a', WQ_UNBOUND, 1)"     | false
        "alloc_ordered_workqueue('a', 0)"         | false
        "create_workqueue('a')"                   | false
        "create_singlethread_workqueue('a')"      | false
        verdict = overlap ? 'lets' : 'does not let'
    }

    def "an item of a queue with #flags #verdict another kworker called for the next one"() {
        when:
        driver("wq = alloc_workqueue('a', $flags, 0); queue_work(wq, b.work); schedule_work(b.other)")

        then:
        simulation.scheduler().tasks()*.comm() == workers

        where:
        flags              || workers
        'WQ_CPU_INTENSIVE' || ['kworker/0:0', 'kworker/0:1']
        'WQ_FREEZABLE'     || ['kworker/0:0']
        verdict = workers.size() > 1 ? 'has' : 'does not have'
    }

    def "an item that queues itself runs again, one at a time, and others get a turn"() {
        when:
        driver('schedule_work(b.work); schedule_work(b.other)', "pr_info('n %d\\n', b.n); msleep(1); if (b.n < 3) schedule_work(w)")
        unload()

        then:
        said() == ['n 1', 'other', 'n 2', 'n 3']
        rules() == []
    }

    def "an item that queues itself for ever leaves room, and #cancel ends it"() {
        when:
        driver("wq = alloc_workqueue('a', 0, 0); queue_work(wq, b.work); msleep(10)", "${pause}queue_work(wq, w)", "$cancel; b.n = 0; msleep(10); pr_info('n %d\\n', b.n); $CLEAN")
        unload()

        then:
        said() == ['n 0']
        rules() == []

        where:
        cancel                        | pause
        'cancel_work_sync(b.work)'    | ''
        'cancel_work_sync(b.work)'    | 'msleep(1); '
        'disable_work_sync(b.work)'   | 'msleep(1); '
    }

    def "queueing an item that runs lets it run again after that, never twice at once: #second"() {
        when:
        driver('schedule_work(b.work); msleep(2); pr_info("start %d\\n", ' + second + '); msleep(50)', "pr_info('begin\\n'); msleep(5); pr_info('end\\n')")
        unload()

        then:
        said() == ['begin', 'start 1', 'end', 'begin', 'end']
        rules() == []

        where:
        second << ['schedule_work(b.work)', 'schedule_work_on(1, b.work)']
    }

    def "#call is #result when the item is #state, and then it has run #runs times"() {
        when:
        driver("${state == 'idle' ? '' : 'schedule_work(b.work); '}${state == 'running' ? 'msleep(2); ' : ''}pr_info('n %d\\n', $call); pr_info('n %d\\n', b.n); msleep(20)", 'msleep(5)')

        then:
        said() == ["n $result", "n $runs"]
        rules() == []

        where:
        call                        | state     || result | runs
        'flush_work(b.work)'        | 'idle'    || 0      | 0
        'flush_work(b.work)'        | 'queued'  || 1      | 1
        'flush_work(b.work)'        | 'running' || 1      | 1
        'cancel_work(b.work)'       | 'idle'    || 0      | 0
        'cancel_work(b.work)'       | 'queued'  || 1      | 0
        'cancel_work(b.work)'       | 'running' || 0      | 1
        'cancel_work_sync(b.work)'  | 'idle'    || 0      | 0
        'cancel_work_sync(b.work)'  | 'queued'  || 1      | 0
        'cancel_work_sync(b.work)'  | 'running' || 0      | 1
        'disable_work(b.work)'      | 'queued'  || 1      | 0
        'disable_work_sync(b.work)' | 'running' || 0      | 1
        'work_pending(b.work)'      | 'idle'    || 0      | 0
        'work_pending(b.work)'      | 'queued'  || 1      | 0
        'work_pending(b.work)'      | 'running' || 0      | 1
        'work_busy(b.work)'         | 'idle'    || 0      | 0
        'work_busy(b.work)'         | 'queued'  || 1      | 0
        'work_busy(b.work)'         | 'running' || 2      | 1
        'current_work() == null'    | 'queued'  || 1      | 0
    }

    def "flush_work() waits for the end of the function, not for what is queued after it"() {
        when:
        driver("schedule_work(b.work); flush_work(b.work); pr_info('n %d\\n', b.n)", 'msleep(5); if (b.n < 4) schedule_work(w)')
        unload()

        then:
        said() == ['n 1']
        rules() == []
    }

    def "#call waits for what is queued, also behind max_active"() {
        when:
        driver("wq = alloc_ordered_workqueue('a', 0); queue_work(wq, b.work); queue_work(wq, b.other); queue_work(wq, ready); $call(wq); pr_info('end\\n')",
                'msleep(5)', "$CANCEL; kfree(b)${call == 'destroy_workqueue' ? '' : '; destroy_workqueue(wq)'}")
        unload()

        then:
        said() == ['other', 'ring', 'end']
        rules() == []

        where:
        call << ['flush_workqueue', 'drain_workqueue', 'destroy_workqueue']
    }

    def "flush_workqueue() leaves what the items queue, #call waits for that too"() {
        when:
        driver("wq = alloc_workqueue('a', 0, 0); queue_work(wq, b.work); $call(wq); pr_info('n %d\\n', b.n)", 'msleep(1); if (b.n < 4) queue_work(wq, w)',
                "$CANCEL; kfree(b)${call == 'destroy_workqueue' ? '' : '; destroy_workqueue(wq)'}")
        unload()

        then:
        said() == ["n $n"]
        rules() == []

        where:
        call                || n
        'flush_workqueue'   || 1
        'drain_workqueue'   || 4
        'destroy_workqueue' || 4
    }

    def "a disabled item is not queued until it has been enabled as often"() {
        when:
        driver("""disable_work(b.work); disable_work(b.work); pr_info('%d %d %d\\n', schedule_work(b.work), enable_work(b.work), schedule_work(b.work))
                pr_info('%d %d\\n', enable_work(b.work), schedule_work(b.work)); flush_work(b.work)
                disable_delayed_work_sync(b.poll); pr_info('%d %d\\n', schedule_delayed_work(b.poll, 1), mod_delayed_work(system_wq, b.poll, 1))
                pr_info('%d\\n', enable_delayed_work(b.poll))
                disable_work(b.work); pr_info('%d\\n', enable_and_queue_work(system_wq, b.work))""")
        unload()

        then:
        said() == ['0 0 0', '1 1', 'fired 1', '0 0', '1', '1', 'fired 2']
        rules() == []
    }

    def "enabling an item that is not disabled is reported"() {
        when:
        driver('enable_work(b.work); schedule_work(b.work)')

        then:
        rules() == ['work-enable-unbalanced']
        said() == ['fired 1']
    }

    def "a max_active out of range, or a name that is too long, is cut: #call"() {
        when:
        driver("wq = $call")
        unload()

        then:
        dmesg().any { it == message }
        rules() == []

        where:
        call                                                                  || message
        "alloc_workqueue('busy', 0, 10000)"                                   || 'workqueue: max_active 10000 requested for busy is out of range, clamping between 1 and 512'
        "alloc_workqueue('a_name_that_is_longer_than_31_letters', 0, 1)"      || 'workqueue: name exceeds WQ_NAME_LEN. Truncating to: a_name_that_is_longer_than_31_l'
    }

    def "a hundred thousand items are queued, cancelled, freed and run"() {
        given:
        simulation.close()
        simulation = Simulation.builder(LINUX, Machine.parse(MACHINE, 'test.dts')).sites(sites)
                .budgets(Budgets.DEFAULT.withTicks(100_000_000).withMemoryBytes(1 << 28)).boot()

        when:
        load '''
            MODULE_LICENSE('GPL')
            class thing { work_struct work; thing next; int n }
            int ran = 0
            thing first
            workqueue_struct wq
            static void fire(work_struct w) {
                ran++
                thing b = container_of(w, thing, work)
                kfree(b)
            }
            static int start() {
                wq = alloc_workqueue('many', 0, 1)
                for (int i = 0; i < 100000; i++) {
                    thing b = kzalloc(thing, GFP_KERNEL)
                    b.n = i
                    b.next = first
                    first = b
                    INIT_WORK(b.work, fire)
                    queue_work(wq, b.work)
                }
                for (thing b = first; b; ) {
                    thing next = b.next
                    if (b.n % 2) { cancel_work_sync(b.work); kfree(b) }
                    b = next
                }
                flush_workqueue(wq)
                destroy_workqueue(wq)
                pr_info('%d ran\\n', ran)
                return 0
            }
            module_init(start)'''

        then:
        dmesg().last() == '50000 ran'
        rules() == []
    }

    def "the same run leaves the same trace"() {
        given:
        def traces = []

        when:
        2.times {
            simulation.close()
            simulation = Simulation.builder(LINUX, Machine.parse(MACHINE, 'test.dts')).sites(sites).boot()
            driver('schedule_work(b.work); queue_work(system_unbound_wq, b.other); schedule_work(ready); schedule_delayed_work(b.poll, 2); msleep(10)', 'msleep(3)')
            unload()
            traces << simulation.trace().lines()
        }

        then:
        traces[0] == traces[1]
        traces[0].any { it.contains('kworker/0:1') }
    }

    def "an item that ends in an oops leaves the pool to the others"() {
        when:
        driver('schedule_work(b.work); schedule_work(b.other); flush_work(b.other)', 'thing none = null; none.n++')

        then:
        rules() == ['oops']
        said() == ['other']

        when:
        unload()

        then:
        rules() == ['oops']
    }
}
