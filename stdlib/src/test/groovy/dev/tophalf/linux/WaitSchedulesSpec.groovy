package dev.tophalf.linux

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.machine.Machine
import dev.tophalf.runtime.sched.Preemption
import dev.tophalf.runtime.sched.RandomStrategy

class WaitSchedulesSpec extends DriverSpecification {

    /** A timer and a process produce, two kthreads consume: one by wait_event(), one by hand; %s is how that one sleeps. */
    static final String DRIVER = '''
        MODULE_LICENSE('GPL')
        class shop {
            wait_queue_head_t wq; spinlock_t lock; mutex m; completion opened; completion closed; timer_list timer
            int stock; int sold; int made; task_struct first; task_struct second
        }
        shop s = new shop()
        static bool take() {
            spin_lock_irq(s.lock)
            bool got = s.stock > 0
            if (got) s.stock--
            spin_unlock_irq(s.lock)
            return got
        }
        static void sell() {
            mutex_lock(s.m)
            s.sold++
            mutex_unlock(s.m)
        }
        static void make() {
            long flags = spin_lock_irqsave(s.lock)
            s.stock++
            s.made++
            spin_unlock_irqrestore(s.lock, flags)
            wake_up(s.wq)
            if (s.second) wake_up_process(s.second)
        }
        static void fire(timer_list t) {
            make()
            if (s.made < 8) mod_timer(t, jiffies + 1)
        }
        static int by_event(Object data) {
            complete(s.opened)
            while (!wait_event_interruptible(s.wq, take())) sell()
            complete_all(s.closed)
            return 1
        }
        static int by_hand(Object data) {
            complete(s.opened)
            while (!kthread_should_stop()) {
                %s
                sell()
            }
            __set_current_state(TASK_RUNNING)
            wait_for_completion(s.closed)
            return 2
        }
        static int start() {
            init_waitqueue_head(s.wq); spin_lock_init(s.lock); mutex_init(s.m)
            init_completion(s.opened); init_completion(s.closed)
            timer_setup(s.timer, fire, 0)
            s.first = kthread_run(by_event, null, 'first')
            s.second = kthread_run(by_hand, null, 'second')
            wait_for_completion(s.opened)
            wait_for_completion_timeout(s.opened, HZ)
            mod_timer(s.timer, jiffies + 1)
            for (int i = 0; i < 4; i++) { make(); cond_resched() }
            return 0
        }
        static void stop() {
            timer_shutdown_sync(s.timer)
            int one = kthread_stop(s.first)
            int two = kthread_stop(s.second)
            pr_info('%%d %%d sold %%d of %%d\\n', one, two, s.sold, s.made)
        }
        module_init(start)
        module_exit(stop)'''

    static final String RIGHT = '''
                set_current_state(TASK_INTERRUPTIBLE)
                if (!take()) {
                    if (!kthread_should_stop()) schedule()
                    __set_current_state(TASK_RUNNING)
                    continue
                }
                __set_current_state(TASK_RUNNING)'''

    private void boot(long seed, Preemption preemption) {
        simulation.close()
        simulation = Simulation.builder(LINUX, Machine.parse(MACHINE, 'test.dts')).sites(sites)
                .strategy(new RandomStrategy(seed)).preemption(preemption).boot()
    }

    def "whoever goes first, nothing is lost and nothing is reported, with preemption #preemption"() {
        when:
        def ends = (1..30).collect { seed ->
            boot(seed, preemption)
            load String.format(DRIVER, RIGHT)
            unload()
            [seed, dmesg().last(), rules()]
        }

        then:
        ends.findAll { it[1] != '1 2 sold 8 of 8' || it[2] != [] } == []

        where:
        preemption << Preemption.values()
    }
}
