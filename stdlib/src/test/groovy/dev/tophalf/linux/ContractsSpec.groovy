package dev.tophalf.linux

import dev.tophalf.runtime.contract.Contract
import spock.lang.Shared
import spock.lang.Specification

/** Holds the contracts in the code against the reference table of Linux 6.12, kept here as a resource. */
class ContractsSpec extends Specification {
    @Shared
    Map<String, Map<String, String>> table = readTable()

    /** Functions of 6.12 that the table has no row for; their contracts are those of the functions they wrap. */
    static final Set<String> UNLISTED = ['cpu_relax', 'read_poll_timeout', 'read_poll_timeout_atomic', 'readx_poll_timeout', 'readx_poll_timeout_atomic',
            'readl_poll_timeout_atomic', 'ssleep', 'usleep_range_state', 'usleep_idle_range', 'dev_name', 'xchg', 'cmpxchg', 'clear_user', 'strnlen_user', 'memdup_user_nul',
            'wait_event_interruptible_exclusive', 'wait_event_killable', 'wait_event_killable_timeout', 'wait_event_killable_exclusive',
            'wait_event_idle', 'wait_event_idle_timeout', 'wait_event_idle_exclusive', 'io_wait_event', 'wait_event_freezable',
            'wait_event_interruptible_lock_irq', 'wait_event_lock_irq_timeout', 'wait_event_interruptible_lock_irq_timeout', 'wake_up_nr',
            'wake_up_sync', 'wake_up_interruptible_nr', 'wake_up_interruptible_all', 'wake_up_interruptible_sync', 'add_wait_queue_exclusive',
            'prepare_to_wait_exclusive', 'prepare_to_wait_event', 'wq_has_sleeper', 'init_wait', 'init_waitqueue_entry',
            'wait_for_completion_interruptible_timeout', 'wait_for_completion_killable_timeout', 'wait_for_completion_io',
            'wait_for_completion_io_timeout', 'get_current_state', 'schedule_timeout_killable', 'schedule_timeout_uninterruptible',
            'schedule_timeout_idle',
            'get_task_struct', 'put_task_struct', 'kthread_bind', 'kthread_complete_and_exit', 'kthread_create_on_cpu', 'kthread_data',
            'kthread_park', 'kthread_parkme', 'kthread_should_park', 'kthread_stop_put', 'kthread_unpark', 'fatal_signal_pending',
            'signal_pending_state',
            'usecs_to_jiffies', 'nsecs_to_jiffies', 'jiffies_to_msecs', 'jiffies_to_usecs', 'time_before', 'time_after_eq',
            'time_before_eq', 'time_in_range', 'time_is_before_jiffies', 'time_is_after_jiffies',
            'get_jiffies_64', 'nsecs_to_jiffies64', 'jiffies_to_nsecs', 'jiffies64_to_nsecs', 'jiffies64_to_msecs',
            'jiffies_delta_to_msecs', 'time_in_range_open', 'time_is_before_eq_jiffies', 'time_is_after_eq_jiffies',
            'time_after64', 'time_before64', 'time_after_eq64', 'time_before_eq64', 'time_in_range64',
            'time_is_before_jiffies64', 'time_is_after_jiffies64', 'ktime_set', 'ktime_add', 'ktime_add_safe',
            'ktime_sub', 'ktime_add_ns', 'ktime_add_us', 'ktime_add_ms', 'ktime_sub_ns', 'ktime_sub_us', 'ktime_sub_ms',
            'ktime_compare', 'ktime_before', 'ktime_after', 'ktime_to_us', 'ktime_to_ms', 'ktime_us_delta',
            'ktime_ms_delta', 'ns_to_ktime', 'ms_to_ktime', 'ktime_divns', 'ktime_get_real', 'ktime_get_real_ns',
            'ktime_get_boottime', 'ktime_get_boottime_ns', 'ktime_get_raw', 'ktime_get_raw_ns', 'ktime_get_coarse',
            'ktime_get_coarse_ns', 'ktime_get_coarse_real', 'ktime_get_coarse_real_ns', 'ktime_get_seconds',
            'ktime_get_real_seconds', 'sched_clock', 'local_clock', 'round_jiffies', 'round_jiffies_relative',
            'round_jiffies_up', 'round_jiffies_up_relative',
            'hrtimer_start_range_ns', 'hrtimer_start_expires', 'hrtimer_restart', 'hrtimer_forward', 'hrtimer_active',
            'hrtimer_is_queued', 'hrtimer_callback_running', 'hrtimer_get_remaining', 'hrtimer_get_expires',
            'hrtimer_get_softexpires', 'hrtimer_set_expires', 'hrtimer_cb_get_time',
            'mod_timer_pending', 'timer_reduce', 'try_to_del_timer_sync', 'add_timer_on', 'add_timer_local', 'add_timer_global',
            'request_any_context_irq', 'devm_request_any_context_irq', 'synchronize_hardirq', 'irq_set_irq_wake',
            'disable_irq_wake', 'irq_set_irq_type', 'generic_handle_domain_irq', 'cpumask_of',
            'from_tasklet', 'tasklet_hi_schedule', 'tasklet_disable_nosync',
            'INIT_WORK_ONSTACK', 'destroy_work_on_stack', 'INIT_DELAYED_WORK_ONSTACK', 'destroy_delayed_work_on_stack',
            'INIT_DEFERRABLE_WORK', 'to_delayed_work', 'schedule_work_on', 'queue_work_on', 'schedule_delayed_work_on',
            'queue_delayed_work_on', 'mod_delayed_work_on', 'delayed_work_pending', 'work_busy', 'current_work',
            'disable_work', 'disable_work_sync', 'enable_work', 'enable_and_queue_work', 'disable_delayed_work',
            'disable_delayed_work_sync', 'enable_delayed_work', 'flush_delayed_work', 'flush_scheduled_work',
            'drain_workqueue', 'create_freezable_workqueue',
            'migrate_disable', 'migrate_enable', 'raw_smp_processor_id', 'num_online_cpus', 'num_possible_cpus', 'cpu_online',
            'for_each_online_cpu', 'for_each_possible_cpu', 'for_each_cpu', 'cpumask_test_cpu', 'cpumask_set_cpu',
            'cpumask_clear_cpu', 'cpumask_weight', 'smp_call_function_single', 'smp_call_function', 'on_each_cpu', 'set_cpus_allowed_ptr',
            'this_cpu_read', 'this_cpu_write', 'this_cpu_add', 'this_cpu_sub', 'this_cpu_inc', 'this_cpu_dec',
            'this_cpu_add_return', 'this_cpu_inc_return', 'this_cpu_xchg', 'this_cpu_cmpxchg', '__this_cpu_read',
            '__this_cpu_write', '__this_cpu_add', '__this_cpu_sub', '__this_cpu_inc', '__this_cpu_dec', '__this_cpu_add_return',
            '__this_cpu_inc_return', '__this_cpu_xchg', '__this_cpu_cmpxchg', 'alloc_percpu', 'free_percpu', 'per_cpu',
            'per_cpu_ptr', 'this_cpu_ptr', 'raw_cpu_ptr', 'get_cpu_ptr', 'put_cpu_ptr', 'get_cpu_var', 'put_cpu_var',
            'init_irq_work', 'irq_work_queue', 'irq_work_queue_on', 'irq_work_is_pending', 'irq_work_is_busy', 'irq_work_sync',
            'INIT_HLIST_HEAD', 'INIT_HLIST_NODE', 'hlist_add_before',
            'hlist_add_behind', 'hlist_del_init', 'hlist_empty',
            'hlist_entry', 'hlist_entry_safe', 'hlist_for_each',
            'hlist_for_each_safe', 'hlist_unhashed', 'list_empty_careful',
            'list_for_each_entry_continue', 'list_for_each_entry_continue_reverse', 'list_for_each_entry_from',
            'list_for_each_entry_reverse', 'list_for_each_entry_safe_continue', 'list_for_each_entry_safe_from',
            'list_for_each_entry_safe_reverse', 'list_for_each_prev_safe', 'list_is_first',
            'list_is_head', 'list_is_last', 'list_is_singular',
            'list_next_entry', 'list_prev_entry', 'list_replace_init',
            'list_rotate_left', 'list_splice_tail', 'list_splice_tail_init']

    /** Forms of the atomic functions: a row is one of {@code atomic_t}, of the order that has no suffix. */
    static final Set<String> ATOMICS = new Linux().api().contracts()*.function().findAll { it =~ /^atomic(64|_long)?_/ }.toSet() -
            ['read', 'set', 'inc', 'dec', 'add', 'inc_return', 'dec_and_test', 'cmpxchg', 'inc_not_zero'].collect { "atomic_$it".toString() }

    /** Bits, exchanges and barriers that go without a row. */
    static final Set<String> BITS = ['change_bit', 'test_bit_acquire', 'test_and_change_bit', 'test_and_set_bit_lock', 'clear_bit_unlock', '__clear_bit_unlock', '__change_bit',
            '__test_and_set_bit', '__test_and_clear_bit', '__test_and_change_bit', 'BIT', 'BIT_ULL', 'GENMASK',
            'xchg_relaxed', 'xchg_acquire', 'xchg_release', 'cmpxchg_relaxed', 'cmpxchg_acquire', 'cmpxchg_release',
            'try_cmpxchg', 'try_cmpxchg_relaxed', 'try_cmpxchg_acquire', 'try_cmpxchg_release',
            'smp_store_mb', 'smp_mb__before_atomic', 'smp_mb__after_atomic', 'smp_mb__after_spinlock', 'smp_mb__after_unlock_lock', 'dma_mb']

    /** Locks: what differs from a row's function in how it nests, waits or answers. */
    static final Set<String> UNLISTED_LOCKS = ['mutex_is_locked', 'mutex_lock_nest_lock', 'mutex_lock_nested', 'might_lock',
            'down_read_interruptible', 'down_read_killable', 'down_read_nested', 'down_write_killable', 'down_write_nested',
            'rwsem_is_contended', 'rwsem_is_locked', 'read_lock_irq', 'read_unlock_irq', 'write_lock_irq', 'write_unlock_irq'] +
            ['assert_held_once', 'assert_held_read', 'assert_held_write', 'assert_not_held', 'assert_irqs_disabled', 'assert_irqs_enabled',
             'assert_preemption_disabled', 'assert_preemption_enabled', 'is_held', 'set_class', 'set_class_and_name'].collect { 'lockdep_' + it } +
            ['down_killable', 'down_timeout', 'seqcount_init', 'read_seqcount_begin', 'read_seqcount_retry', 'write_seqcount_begin', 'write_seqcount_end',
             'write_seqlock_irq', 'write_seqlock_irqsave', 'write_seqlock_bh', 'write_sequnlock_irq', 'write_sequnlock_irqrestore', 'write_sequnlock_bh'] +
            ['rcu_read_lock_held', 'rcu_dereference_check', 'rcu_dereference_bh', 'synchronize_rcu_expedited', 'kvfree_rcu', 'kvfree_rcu_mightsleep'] +
            ['rcu_read_lock_sched', 'rcu_read_unlock_sched', 'rcu_read_lock_bh_held', 'rcu_read_lock_sched_held', 'rcu_read_lock_any_held', 'rcu_dereference_sched', 'rcu_dereference_raw', 'rcu_replace_pointer',
             'srcu_read_lock_held', 'srcu_dereference', 'srcu_dereference_check', 'synchronize_srcu_expedited', 'call_srcu', 'srcu_barrier', 'list_add_tail_rcu', 'list_replace_rcu', 'list_entry_rcu',
             'list_first_or_null_rcu', 'list_next_or_null_rcu', 'list_for_each_entry_srcu', 'list_for_each_entry_continue_rcu', 'list_for_each_entry_from_rcu',
             'hlist_add_head_rcu', 'hlist_add_tail_rcu', 'hlist_add_before_rcu', 'hlist_add_behind_rcu', 'hlist_del_rcu',
             'hlist_del_init_rcu', 'hlist_replace_rcu', 'hlist_for_each_entry_rcu'] +
            ['init', 'lock', 'lock_nested', 'lock_nest_lock', 'lock_interruptible', 'lock_killable', 'trylock', 'unlock', 'is_locked'].collect { 'rt_mutex_' + it } +
            ['acquire', 'acquire_read', 'acquire_try', 'release', 'sync'].collect { 'lock_map_' + it } +
            ['lock_acquire', 'lock_release', 'lock_sync', 'lock_is_held', 'lockdep_init_map', 'lockdep_set_subclass', 'lockdep_set_novalidate_class',
             'lockdep_set_class_and_subclass', 'lockdep_is_held_type', 'might_lock_read', 'might_lock_nested', 'kref_put_lock'] +
            ['ww_acquire_init', 'ww_acquire_done', 'ww_acquire_fini'] +
            ['init', 'destroy', 'lock', 'lock_interruptible', 'lock_slow', 'lock_slow_interruptible', 'trylock', 'unlock', 'is_locked'].collect { 'ww_mutex_' + it } +
            BITS + ATOMICS + ['refcount_read', 'refcount_add', 'refcount_add_not_zero', 'refcount_sub_and_test', 'refcount_dec', 'refcount_dec_if_one',
             'refcount_dec_not_one', 'refcount_dec_and_mutex_lock', 'refcount_dec_and_lock', 'refcount_dec_and_lock_irqsave'] +
            ['spin_is_contended', 'spin_lock_irqsave_nested', 'spin_lock_nest_lock', 'spin_lock_nested', 'spin_trylock_bh', 'spin_trylock_irq',
             'raw_spin_is_contended', 'raw_spin_is_locked', 'raw_spin_lock_bh', 'raw_spin_lock_irq', 'raw_spin_lock_irqsave_nested',
             'raw_spin_lock_nest_lock', 'raw_spin_lock_nested', 'raw_spin_trylock', 'raw_spin_trylock_bh', 'raw_spin_trylock_irq',
             'raw_spin_trylock_irqsave', 'raw_spin_unlock_bh', 'raw_spin_unlock_irq', 'assert_spin_locked', 'assert_raw_spin_locked']

    static List<Contract> contracts = new Linux().api().contracts().findAll { !(it.function() in UNLISTED + UNLISTED_LOCKS) }

    static Map<String, Map<String, String>> readTable() {
        def lines = ContractsSpec.getResource('kernel-api.tsv').readLines('UTF-8')
        def columns = lines[0].split('\t')
        lines.drop(1).collectEntries { line ->
            def cells = line.split('\t', -1)
            [(cells[0]): [columns, cells].transpose().collectEntries { it as List }]
        }
    }

    def "#contract is in the table, with the same sleep, contexts and partner"() {
        given:
        def row = table[contract.function()]

        expect:
        row != null
        row.kind != 'absent'
        contract.sleeps().name().toLowerCase() == (row.sleeps.startsWith('other') ? 'conditional' : row.sleeps)
        contract.contexts()*.word() as Set == contexts(row.contexts)
        contract.pairsWith() == (row.pairs_with == '-' ? '' : row.pairs_with)

        where:
        contract << contracts
    }

    private static Set<String> contexts(String cell) {
        (cell == 'any' ? 'process,atomic,irqs_off,softirq,hardirq' : cell).split(',') as Set
    }

    def "#constant has the value of Linux 6.12"() {
        expect:
        new Linux().api().constant(constant).get(null) == value

        where:
        constant        | value
        'GFP_KERNEL'    | 0xcc0
        'GFP_ATOMIC'    | 0x820
        'GFP_NOWAIT'    | 0x2800
        'IRQF_SHARED'   | 0x80
        'IRQF_ONESHOT'  | 0x2000
        'IRQ_HANDLED'   | 1
        'IRQ_WAKE_THREAD' | 2
        'TIMER_DEFERRABLE' | 0x80000
        'TIMER_PINNED'  | 0x100000
        'TIMER_IRQSAFE' | 0x200000
        'WQ_UNBOUND'    | 2
        'WQ_MEM_RECLAIM' | 8
        'WQ_HIGHPRI'    | 16
        'WQ_CPU_INTENSIVE' | 32
        'WQ_SYSFS'      | 64
        'HRTIMER_MODE_ABS_PINNED_SOFT' | 6
        'HRTIMER_MODE_REL_PINNED_HARD' | 0xb
        'EINVAL'        | 22
        'EPROBE_DEFER'  | 517
    }
}
