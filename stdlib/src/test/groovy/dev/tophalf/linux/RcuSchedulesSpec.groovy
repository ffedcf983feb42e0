package dev.tophalf.linux

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.machine.Machine
import dev.tophalf.runtime.sched.RandomStrategy

/** Readers of a pointer, of a list and under SRCU, and a writer beside them, in {@code -Drcu.schedules} schedules. */
class RcuSchedulesSpec extends DriverSpecification {
    static final int SCHEDULES = Integer.getInteger('rcu.schedules', 60)

    /** Two readers read what a writer changes; %1$s begins reading, %2$s reads, %3$s ends it, %4$s is the change. */
    static final String DRIVER = '''
        MODULE_LICENSE('GPL')
        class config { long value; long twice; list_head node; hlist_node link; rcu_head rcu }
        config current_config
        LIST_HEAD(items)
        HLIST_HEAD(bucket)
        DEFINE_SPINLOCK(lock)
        DEFINE_SRCU(users)
        atomic_t reads
        task_struct first
        task_struct second
        static void release(rcu_head head) { kfree(container_of(head, config, rcu)) }
        static config make(long value) {
            config c = kzalloc(config, GFP_KERNEL)
            c.value = value
            c.twice = value
            cpu_relax()
            c.twice += value
            return c
        }
        static void look(config c) {
            long value = c.value
            cpu_relax()
            if (c.twice != 2 * value) pr_err('torn: %%ld %%ld\\n', value, c.twice)
            atomic_inc(reads)
        }
        static int read(Object data) {
            for (int i = 0; i < 6; i++) {
                %1$s
                %2$s
                %3$s
                cond_resched()
            }
            return 0
        }
        static void change(long value) {
            config fresh = make(value)
            config old
            %4$s
        }
        static int start() {
            change(1)
            first = kthread_run(read, null, 'first')
            second = kthread_run(read, null, 'second')
            for (int i = 2; i < 6; i++) {
                change(i)
                cond_resched()
            }
            return 0
        }
        static void stop() {
            rcu_barrier()
            srcu_barrier(users)
            kfree(current_config)
            for (config c : list_for_each_entry_safe(items, config, node)) kfree(c)
        }
        module_init(start)
        module_exit(stop)'''

    static final String POINTER = 'config c = rcu_dereference(current_config); if (c) look(c)'
    static final String LIST = 'for (config c : list_for_each_entry_rcu(items, config, node)) look(c)'
    static final String HLIST = 'for (config c : hlist_for_each_entry_rcu(bucket, config, link)) look(c)'
    static final String SRCU = 'config c = srcu_dereference(current_config, users); if (c) look(c)'
    static final String SWAP = 'spin_lock(lock); old = rcu_replace_pointer(current_config, fresh, lockdep_is_held(lock)); spin_unlock(lock); '
    static final String RELIST = 'spin_lock(lock); old = list_first_or_null_rcu(items, config, node); ' +
            'if (old) list_replace_rcu(old.node, fresh.node); else list_add_rcu(fresh.node, items); spin_unlock(lock); '
    static final String REHASH = 'spin_lock(lock); old = current_config; current_config = fresh; ' +
            'if (old) hlist_del_rcu(old.link); hlist_add_head_rcu(fresh.link, bucket); spin_unlock(lock); '

    static final List<List<String>> KINDS = [
            ['a pointer', 'rcu_read_lock()', POINTER, 'rcu_read_unlock()', SWAP],
            ['a pointer, softirqs off', 'rcu_read_lock_bh()', POINTER.replace('rcu_dereference', 'rcu_dereference_bh'), 'rcu_read_unlock_bh()', SWAP],
            ['a pointer, preemption off', 'rcu_read_lock_sched()', POINTER.replace('rcu_dereference', 'rcu_dereference_sched'), 'rcu_read_unlock_sched()', SWAP],
            ['a list', 'rcu_read_lock()', LIST, 'rcu_read_unlock()', RELIST],
            ['an hlist', 'rcu_read_lock()', HLIST, 'rcu_read_unlock()', REHASH],
            ['a pointer under SRCU', 'int index = srcu_read_lock(users)', SRCU, 'srcu_read_unlock(users, index)', SWAP],
    ]

    /** What the module holds after a run of one seed: rules that spoke, and what readers found wrong. */
    private List<String> runWith(long seed, List<String> kind, String free) {
        simulation.close()
        simulation = Simulation.builder(LINUX, Machine.parse(MACHINE, 'test.dts')).sites(sites).strategy(new RandomStrategy(seed)).boot()
        load(String.format(DRIVER, kind[1], kind[2], kind[3], kind[4] + free))
        unload()
        rules() + dmesg().findAll { it.startsWith('torn') }
    }

    def "a reader of #kind never sees what is gone, when the writer says #free"() {
        when:
        def wrong = (1..SCHEDULES).collectMany { seed -> runWith(seed, row, free) }

        then:
        wrong == []

        where:
        [row, way] << [KINDS, [0, 1, 2]].combinations()
        kind = row[0]
        free = 'if (old) { ' + (kind.contains('SRCU')
                ? ['synchronize_srcu(users); kfree(old)', 'call_srcu(users, old.rcu, release)', 'synchronize_srcu_expedited(users); kfree(old)']
                : ['synchronize_rcu(); kfree(old)', 'call_rcu(old.rcu, release)', 'kfree_rcu(old, rcu)'])[way] + ' }'
    }

    def "a missing grace period of #kind is found within 1,000 schedules"() {
        when:
        def first = (1..1000).find { seed -> runWith(seed, row, 'if (old) kfree(old)').contains('rcu-free-without-grace') }

        then:
        first != null

        where:
        row << KINDS
        kind = row[0]
    }
}
