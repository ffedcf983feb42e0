package dev.tophalf.linux

class TaskletSpec extends DriverSpecification {
    /** A module with a tasklet in a struct; %s are statements of its start, of its callback and of its end. */
    static final String DRIVER = '''
        MODULE_LICENSE('GPL')
        class thing { tasklet_struct tasklet; spinlock_t lock; int n }
        thing only
        DECLARE_TASKLET(ready, ring)
        DECLARE_TASKLET_DISABLED(waits, ring)
        static void ring(tasklet_struct t) { pr_info('ring\\n') }
        static void fire(tasklet_struct t) {
            thing b = from_tasklet(b, t, tasklet)
            b.n++
            %2$s
        }
        static int start() {
            thing b = kzalloc(thing, GFP_KERNEL)
            only = b
            spin_lock_init(b.lock)
            tasklet_setup(b.tasklet, fire)
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
    static final String CLEAN = 'tasklet_kill(b.tasklet); kfree(b)'

    private Integer driver(String start, String callback = FIRED, String stop = CLEAN) {
        load String.format(DRIVER, start, callback, stop)
    }

    private List<String> said() {
        dmesg().findAll { it =~ /^(fired|ring|start|ksoftirqd|\d)/ }
    }

    def "a tasklet that a handler schedules runs right after it, in softirq context"() {
        when:
        press('tasklet_schedule(ready); tasklet_schedule(ready); pr_info("start\\n")', '''
            static void ring(tasklet_struct t) { pr_info('%d %d %d\\n', in_serving_softirq(), in_hardirq(), irqs_disabled()) }
            DECLARE_TASKLET(ready, ring)''')

        then:
        said() == ['start', '1 0 0']
        simulation.scheduler().tasks() == []
        rules() == []
    }

    def "a tasklet that a task schedules is run once by ksoftirqd"() {
        when:
        driver('tasklet_schedule(b.tasklet); tasklet_schedule(b.tasklet); pr_info("start\\n")', "pr_info('%s %d\\n', current.comm, b.n)")
        unload()

        then:
        said() == ['start', 'ksoftirqd/0 1']
        rules() == []
    }

    def "a tasklet that a task schedules with bottom halves off runs when they come on"() {
        when:
        driver('local_bh_disable(); tasklet_schedule(b.tasklet); pr_info("start\\n"); local_bh_enable(); pr_info("%d\\n", b.n)')

        then:
        said() == ['start', 'fired 1', '1']
    }

    def "tasklet_hi_schedule() comes before tasklet_schedule()"() {
        when:
        driver('local_bh_disable(); tasklet_schedule(b.tasklet); tasklet_hi_schedule(ready); local_bh_enable()')

        then:
        said() == ['ring', 'fired 1']
    }

    def "a disabled tasklet stays scheduled until it is enabled as often"() {
        when:
        driver("""tasklet_disable(b.tasklet); tasklet_disable_nosync(b.tasklet); tasklet_schedule(b.tasklet); msleep(5)
            tasklet_enable(b.tasklet); msleep(5); pr_info('start\\n'); tasklet_enable(b.tasklet); msleep(5)
            tasklet_schedule(waits); msleep(5); tasklet_enable(waits)""")
        unload()

        then:
        said() == ['start', 'fired 1', 'ring']
        rules() == []
    }

    def "two tasklets run on two CPUs at once, the same one never"() {
        when:
        load """
            MODULE_LICENSE('GPL')
            class two { timer_list there; timer_list here; int running; int most }
            two only = new two()
            DECLARE_TASKLET(first, fire)
            DECLARE_TASKLET(second, fire)
            static void fire(tasklet_struct t) {
                only.running++
                if (only.running > only.most) only.most = only.running
                mdelay(2)
                only.running--
            }
            static void there(timer_list t) { tasklet_schedule(first) }
            static void here(timer_list t) { tasklet_schedule($other) }
            static int start() {
                timer_setup(only.there, there, 0)
                timer_setup(only.here, here, 0)
                only.there.expires = jiffies + 1
                add_timer_on(only.there, 1)
                mod_timer(only.here, jiffies + 1)
                msleep(20)
                tasklet_kill(first)
                tasklet_kill(second)
                pr_info('%d at once\\n', only.most)
                return 0
            }
            module_init(start)"""

        then:
        said() == ["$most at once"]
        rules() == []

        where:
        other    || most
        'second' || 2
        'first'  || 1
    }

    def "a tasklet may schedule itself again"() {
        when:
        driver('tasklet_schedule(b.tasklet)', 'if (b.n < 30) tasklet_schedule(t); else pr_info("fired %d\\n", b.n)')
        unload()

        then:
        said() == ['fired 30']
        rules() == []
    }

    def "tasklet_kill() waits until a scheduled tasklet has run"() {
        when:
        driver('tasklet_schedule(b.tasklet); tasklet_kill(b.tasklet); pr_info("start\\n")')

        then:
        said() == ['fired 1', 'start']
        rules() == []
    }

    def "killing a tasklet that is disabled while scheduled hangs"() {
        when:
        driver('tasklet_disable(b.tasklet); tasklet_schedule(b.tasklet); tasklet_kill(b.tasklet); pr_info("start\\n")')

        then:
        said() == []
        simulation.scheduler().tasks()*.waitsFor().contains('a tasklet')
    }

    def "#mistake is reported as #expected"() {
        when:
        driver(start, callback, 'tasklet_kill(b.tasklet); kfree(b)')

        then:
        rules() == expected

        where:
        mistake                      | start                                                                     | callback           || expected
        'sleeping in a tasklet'      | 'tasklet_schedule(b.tasklet)'                                             | 'msleep(1)'        || ['sleep-in-atomic']
        'killing from a tasklet'     | 'tasklet_schedule(b.tasklet)'                                             | 'tasklet_kill(ready)' || ['sleep-in-atomic']
        'killing under a spinlock'   | 'spin_lock(b.lock); tasklet_kill(b.tasklet); spin_unlock(b.lock)'         | ''                 || ['sleep-in-atomic']
        'enabling what is enabled'   | 'tasklet_enable(b.tasklet)'                                               | ''                 || ['tasklet-enable-unbalanced']
        'setting up what is queued'  | 'tasklet_schedule(b.tasklet); tasklet_setup(b.tasklet, fire)'             | ''                 || ['tasklet-scheduled']
        'taking what is interrupted' | 'local_bh_disable(); tasklet_schedule(b.tasklet); spin_lock(b.lock); local_bh_enable(); spin_unlock(b.lock)' | 'spin_lock(b.lock); spin_unlock(b.lock)' || ['irq-unsafe-lock']
    }

    def "a tasklet that nobody set up is an oops where it is scheduled"() {
        when:
        load """
            MODULE_LICENSE('GPL')
            class thing { tasklet_struct tasklet }
            thing only = new thing()
            static int start() { tasklet_schedule(only.tasklet); return 0 }
            module_init(start)"""

        then:
        rules() == ['oops']
    }

    def "a tasklet that is scheduled when its #what goes is reported"() {
        when:
        driver('tasklet_disable(b.tasklet); tasklet_schedule(b.tasklet)', '', stop)
        unload()

        then:
        rules() == expected
        findings.first().excerpt().contains('tasklet_schedule(b.tasklet)')

        where:
        what     | stop                                         || expected
        'memory' | 'kfree(b)'                                   || ['missing-cancel']
        'module' | ''                                           || ['missing-cancel', 'leak-at-unload']
    }

    def "/proc/softirqs counts what each CPU has served"() {
        when:
        driver('for (int i = 0; i < 3; i++) { tasklet_schedule(b.tasklet); msleep(5) }; tasklet_hi_schedule(ready)')

        then:
        cat('/proc/softirqs') == '''\
                    CPU0       CPU1       
          HI:          1          0
       TIMER:          0          0
      NET_TX:          0          0
      NET_RX:          0          0
       BLOCK:          0          0
    IRQ_POLL:          0          0
     TASKLET:          3          0
       SCHED:          0          0
     HRTIMER:          0          0
         RCU:          0          0
'''
    }
}
