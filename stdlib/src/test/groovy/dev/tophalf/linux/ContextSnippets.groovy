package dev.tophalf.linux

/** How each kernel function is called rightly: what a driver of {@link ContextMatrixSpec} does before, with and after it. */
final class ContextSnippets {
    /** Holds a lock, or has something off, while it calls: what the caller's context becomes by that. */
    static final String ATOMIC = 'atomic', IRQS_OFF = 'irqs_off'

    /**
     * What the statements of a snippet may use: {@code a}, in which everything is initialised and nothing is queued,
     * armed or held, {@code nothing} functions that do nothing, and an irq {@code a.spare_irq} that nobody has requested.
     */
    static final String BESIDE = '''
        class area {
            __iomem regs
            int irq
            int spare_irq
            int way
            mutex m
            spinlock_t lock
            raw_spinlock_t raw
            rwlock_t rw
            rw_semaphore sem
            semaphore count
            rcu_head rcu
            area next
            srcu_struct users
            list_head entry
            seqlock_t seq
            wait_queue_head_t wait
            completion done
            timer_list timer
            hrtimer pulse
            tasklet_struct tasklet
            work_struct job
            delayed_work later
            workqueue_struct wq
            task_struct thread
            ptr memory
            long flags
        }
        area a
        static int nothing(Object data) { return 0 }
        static void nothing_released(kref k) { }
        static irqreturn_t nothing_irq(int irq, Object dev_id) { return IRQ_NONE }
        static void nothing_timer(timer_list t) { }
        static hrtimer_restart nothing_pulse(hrtimer t) { return HRTIMER_NORESTART }
        static void nothing_tasklet(tasklet_struct t) { }
        static void nothing_work(work_struct w) { }
        static void nothing_rcu(rcu_head head) { }
        static void initialise() {
            mutex_init(a.m)
            spin_lock_init(a.lock)
            raw_spin_lock_init(a.raw)
            rwlock_init(a.rw)
            init_rwsem(a.sem)
            sema_init(a.count, 1)
            seqlock_init(a.seq)
            init_waitqueue_head(a.wait)
            init_completion(a.done)
            timer_setup(a.timer, nothing_timer, 0)
            hrtimer_init(a.pulse, CLOCK_MONOTONIC, HRTIMER_MODE_REL)
            a.pulse.function = nothing_pulse
            tasklet_setup(a.tasklet, nothing_tasklet)
            INIT_WORK(a.job, nothing_work)
            INIT_DELAYED_WORK(a.later, nothing_work)
            a.wq = alloc_workqueue('spare', 0, 0)
        }'''

    private static final String ENTRY = 'DEFINE_WAIT(entry)'
    private static final String IRQS_LOCKED = 'local_irq_disable(); spin_lock(a.lock)'
    private static final String IRQS_SAVED = 'long flags = spin_lock_irqsave(a.lock)'
    private static final String THREAD = "a.thread = kthread_create(nothing, a, 'nothing')"
    private static final String REQUESTED = "request_irq(a.spare_irq, nothing_irq, 0, 'spare', a)"

    /**
     * The call by its function, with a word after it where one function needs several. {@code given} runs in a process
     * beforehand, {@code before} and {@code after} where the call does; {@code within} is what {@code before} turns off,
     * {@code blocks} says that the allocation flags let it sleep.
     */
    static final Map<String, Map<String, ?>> ALL = [
            // linux/slab.h
            'kmalloc GFP_KERNEL'            : [call: 'a.memory = kmalloc(8, GFP_KERNEL)', after: 'kfree(a.memory)', blocks: true],
            'kmalloc GFP_NOIO'              : [call: 'a.memory = kmalloc(8, GFP_NOIO)', after: 'kfree(a.memory)', blocks: true],
            'kmalloc GFP_ATOMIC'            : [call: 'a.memory = kmalloc(8, GFP_ATOMIC)', after: 'kfree(a.memory)'],
            'kmalloc GFP_NOWAIT'            : [call: 'a.memory = kmalloc(8, GFP_NOWAIT)', after: 'kfree(a.memory)'],
            'kzalloc GFP_KERNEL'            : [call: 'a.memory = kzalloc(8, GFP_KERNEL)', after: 'kfree(a.memory)', blocks: true],
            'kzalloc GFP_ATOMIC'            : [call: 'a.memory = kzalloc(8, GFP_ATOMIC)', after: 'kfree(a.memory)'],
            kfree                           : [before: 'a.memory = kmalloc(8, GFP_ATOMIC)', call: 'kfree(a.memory)'],
            // linux/mutex.h
            mutex_init                      : [call: 'mutex_init(a.m)'],
            mutex_lock                      : [call: 'mutex_lock(a.m)', after: 'mutex_unlock(a.m)'],
            mutex_trylock                   : [call: 'mutex_trylock(a.m)', after: 'mutex_unlock(a.m)'],
            mutex_unlock                    : [before: 'mutex_trylock(a.m)', call: 'mutex_unlock(a.m)'],
            mutex_lock_interruptible        : [call: 'mutex_lock_interruptible(a.m)', after: 'mutex_unlock(a.m)'],
            mutex_lock_killable             : [call: 'mutex_lock_killable(a.m)', after: 'mutex_unlock(a.m)'],
            mutex_destroy                   : [call: 'mutex_destroy(a.m)', after: 'mutex_init(a.m)'],
            // linux/rwsem.h
            init_rwsem                      : [call: 'init_rwsem(a.sem)'],
            down_read                       : [call: 'down_read(a.sem)', after: 'up_read(a.sem)'],
            down_read_trylock               : [call: 'down_read_trylock(a.sem)', after: 'up_read(a.sem)'],
            down_write                      : [call: 'down_write(a.sem)', after: 'up_write(a.sem)'],
            down_write_trylock              : [call: 'down_write_trylock(a.sem)', after: 'up_write(a.sem)'],
            up_read                         : [before: 'down_read_trylock(a.sem)', call: 'up_read(a.sem)'],
            up_write                        : [before: 'down_write_trylock(a.sem)', call: 'up_write(a.sem)'],
            downgrade_write                 : [before: 'down_write_trylock(a.sem)', call: 'downgrade_write(a.sem)', after: 'up_read(a.sem)'],
            // linux/rcupdate.h
            rcu_read_lock                   : [call: 'rcu_read_lock()', after: 'rcu_read_unlock()'],
            rcu_read_unlock                 : [before: 'rcu_read_lock()', call: 'rcu_read_unlock()'],
            rcu_read_lock_bh                : [call: 'rcu_read_lock_bh()', after: 'rcu_read_unlock_bh()'],
            rcu_read_unlock_bh              : [before: 'rcu_read_lock_bh()', within: ATOMIC, call: 'rcu_read_unlock_bh()'],
            rcu_dereference                 : [before: 'rcu_read_lock()', call: 'rcu_dereference(a.next)', after: 'rcu_read_unlock()'],
            rcu_dereference_protected       : [call: 'rcu_dereference_protected(a.next, true)'],
            rcu_access_pointer              : [call: 'rcu_access_pointer(a.next)'],
            rcu_assign_pointer              : [call: 'rcu_assign_pointer(a.next, null)'],
            RCU_INIT_POINTER                : [call: 'RCU_INIT_POINTER(a.next, null)'],
            synchronize_rcu                 : [call: 'synchronize_rcu()'],
            call_rcu                        : [call: 'call_rcu(a.rcu, nothing_rcu)'],
            rcu_barrier                     : [call: 'rcu_barrier()'],
            kfree_rcu                       : [before: 'area other = kzalloc(area, GFP_ATOMIC)', call: 'kfree_rcu(other, rcu)'],
            kfree_rcu_mightsleep            : [before: 'area other = kzalloc(area, GFP_ATOMIC)', call: 'kfree_rcu_mightsleep(other)'],
            // linux/semaphore.h
            sema_init                       : [call: 'sema_init(a.count, 1)'],
            down                            : [call: 'down(a.count)', after: 'up(a.count)'],
            down_interruptible              : [call: 'down_interruptible(a.count)', after: 'up(a.count)'],
            down_trylock                    : [call: 'down_trylock(a.count)', after: 'up(a.count)'],
            up                              : [call: 'up(a.count)'],
            // linux/seqlock.h
            seqlock_init                    : [call: 'seqlock_init(a.seq)'],
            read_seqbegin                   : [call: 'read_seqbegin(a.seq)'],
            read_seqretry                   : [call: 'read_seqretry(a.seq, 0)'],
            write_seqlock                   : [call: 'write_seqlock(a.seq)', after: 'write_sequnlock(a.seq)'],
            write_sequnlock                 : [before: 'write_seqlock(a.seq)', within: ATOMIC, call: 'write_sequnlock(a.seq)'],
            // linux/rwlock.h
            rwlock_init                     : [call: 'rwlock_init(a.rw)'],
            read_lock                       : [call: 'read_lock(a.rw)', after: 'read_unlock(a.rw)'],
            read_lock_bh                    : [call: 'read_lock_bh(a.rw)', after: 'read_unlock_bh(a.rw)'],
            read_lock_irqsave               : [call: 'long flags = read_lock_irqsave(a.rw)', after: 'read_unlock_irqrestore(a.rw, flags)'],
            read_trylock                    : [call: 'read_trylock(a.rw)', after: 'read_unlock(a.rw)'],
            read_unlock                     : [before: 'read_lock(a.rw)', within: ATOMIC, call: 'read_unlock(a.rw)'],
            read_unlock_bh                  : [before: 'read_lock_bh(a.rw)', within: ATOMIC, call: 'read_unlock_bh(a.rw)'],
            read_unlock_irqrestore          : [before: 'long flags = read_lock_irqsave(a.rw)', within: IRQS_OFF, call: 'read_unlock_irqrestore(a.rw, flags)'],
            write_lock                       : [call: 'write_lock(a.rw)', after: 'write_unlock(a.rw)'],
            write_lock_bh                    : [call: 'write_lock_bh(a.rw)', after: 'write_unlock_bh(a.rw)'],
            write_lock_irqsave               : [call: 'long flags = write_lock_irqsave(a.rw)', after: 'write_unlock_irqrestore(a.rw, flags)'],
            write_trylock                    : [call: 'write_trylock(a.rw)', after: 'write_unlock(a.rw)'],
            write_unlock                     : [before: 'write_lock(a.rw)', within: ATOMIC, call: 'write_unlock(a.rw)'],
            write_unlock_bh                  : [before: 'write_lock_bh(a.rw)', within: ATOMIC, call: 'write_unlock_bh(a.rw)'],
            write_unlock_irqrestore          : [before: 'long flags = write_lock_irqsave(a.rw)', within: IRQS_OFF, call: 'write_unlock_irqrestore(a.rw, flags)'],
            // linux/spinlock.h
            raw_spin_lock_init              : [call: 'raw_spin_lock_init(a.raw)'],
            raw_spin_lock                   : [call: 'raw_spin_lock(a.raw)', after: 'raw_spin_unlock(a.raw)'],
            raw_spin_lock_irqsave           : [call: 'long flags = raw_spin_lock_irqsave(a.raw)', after: 'raw_spin_unlock_irqrestore(a.raw, flags)'],
            raw_spin_unlock                 : [before: 'raw_spin_lock(a.raw)', within: ATOMIC, call: 'raw_spin_unlock(a.raw)'],
            raw_spin_unlock_irqrestore      : [before: 'long flags = raw_spin_lock_irqsave(a.raw)', within: IRQS_OFF,
                                               call: 'raw_spin_unlock_irqrestore(a.raw, flags)'],
            spin_is_locked                  : [call: 'spin_is_locked(a.lock)'],
            spin_trylock_irqsave            : [call: 'spin_trylock_irqsave(a.lock, saved)', before: 'long_box saved = new long_box()',
                                               after: 'spin_unlock_irqrestore(a.lock, saved.value)'],
            lockdep_assert_held             : [before: 'spin_lock(a.lock)', within: ATOMIC, call: 'lockdep_assert_held(a.lock)', after: 'spin_unlock(a.lock)'],
            spin_lock_init                  : [call: 'spin_lock_init(a.lock)'],
            spin_lock                       : [call: 'spin_lock(a.lock)', after: 'spin_unlock(a.lock)'],
            spin_unlock                     : [before: 'spin_lock(a.lock)', within: ATOMIC, call: 'spin_unlock(a.lock)'],
            spin_lock_irq                   : [call: 'spin_lock_irq(a.lock)', after: 'spin_unlock_irq(a.lock)'],
            spin_unlock_irq                 : [before: IRQS_LOCKED, within: IRQS_OFF, call: 'spin_unlock_irq(a.lock)'],
            spin_lock_irqsave               : [call: IRQS_SAVED, after: 'spin_unlock_irqrestore(a.lock, flags)'],
            spin_unlock_irqrestore          : [before: IRQS_SAVED, within: IRQS_OFF, call: 'spin_unlock_irqrestore(a.lock, flags)'],
            spin_lock_bh                    : [call: 'spin_lock_bh(a.lock)', after: 'spin_unlock_bh(a.lock)'],
            spin_unlock_bh                  : [before: 'spin_lock_bh(a.lock)', within: ATOMIC, call: 'spin_unlock_bh(a.lock)'],
            spin_trylock                    : [call: 'spin_trylock(a.lock)', after: 'spin_unlock(a.lock)'],
            // linux/completion.h
            init_completion                 : [call: 'init_completion(a.done)'],
            reinit_completion               : [call: 'reinit_completion(a.done)'],
            wait_for_completion             : [given: 'complete_all(a.done)', call: 'wait_for_completion(a.done)'],
            wait_for_completion_timeout     : [given: 'complete_all(a.done)', call: 'wait_for_completion_timeout(a.done, 10)'],
            wait_for_completion_interruptible: [given: 'complete_all(a.done)', call: 'wait_for_completion_interruptible(a.done)'],
            wait_for_completion_killable    : [given: 'complete_all(a.done)', call: 'wait_for_completion_killable(a.done)'],
            try_wait_for_completion         : [call: 'try_wait_for_completion(a.done)'],
            completion_done                 : [call: 'completion_done(a.done)'],
            complete                        : [call: 'complete(a.done)'],
            complete_all                    : [call: 'complete_all(a.done)'],
            // linux/wait.h
            init_waitqueue_head             : [call: 'init_waitqueue_head(a.wait)'],
            wait_event                      : [call: 'wait_event(a.wait, true)'],
            wait_event_timeout              : [call: 'wait_event_timeout(a.wait, true, 10)'],
            wait_event_interruptible        : [call: 'wait_event_interruptible(a.wait, true)'],
            wait_event_interruptible_timeout: [call: 'wait_event_interruptible_timeout(a.wait, true, 10)'],
            wait_event_lock_irq             : [before: IRQS_SAVED, within: IRQS_OFF, call: 'wait_event_lock_irq(a.wait, true, a.lock)',
                                               after: 'spin_unlock_irqrestore(a.lock, flags)'],
            wake_up                         : [call: 'wake_up(a.wait)'],
            wake_up_all                     : [call: 'wake_up_all(a.wait)'],
            wake_up_interruptible           : [call: 'wake_up_interruptible(a.wait)'],
            add_wait_queue                  : [before: ENTRY, call: 'add_wait_queue(a.wait, entry)', after: 'remove_wait_queue(a.wait, entry)'],
            remove_wait_queue               : [before: "$ENTRY; add_wait_queue(a.wait, entry)", call: 'remove_wait_queue(a.wait, entry)'],
            prepare_to_wait                 : [before: ENTRY, call: 'prepare_to_wait(a.wait, entry, TASK_INTERRUPTIBLE)', after: 'finish_wait(a.wait, entry)'],
            finish_wait                     : [before: "$ENTRY; prepare_to_wait(a.wait, entry, TASK_INTERRUPTIBLE)", call: 'finish_wait(a.wait, entry)'],
            waitqueue_active                : [call: 'waitqueue_active(a.wait)'],
            // linux/sched.h
            schedule                        : [call: 'schedule()'],
            schedule_timeout                : [call: 'schedule_timeout(1)'],
            schedule_timeout_interruptible  : [call: 'schedule_timeout_interruptible(1)'],
            cond_resched                    : [call: 'cond_resched()'],
            set_current_state               : [call: 'set_current_state(TASK_RUNNING)'],
            __set_current_state             : [call: '__set_current_state(TASK_RUNNING)'],
            wake_up_process                 : [given: THREAD, call: 'wake_up_process(a.thread)'],
            wake_up_state                   : [given: THREAD, call: 'wake_up_state(a.thread, TASK_NORMAL)'],
            yield                           : [call: 'yield()'],
            signal_pending                  : [call: 'signal_pending(current)'],
            might_sleep                     : [call: 'might_sleep()'],
            smp_processor_id                : [call: 'smp_processor_id()'],
            get_cpu                         : [call: 'get_cpu()', after: 'put_cpu()'],
            put_cpu                         : [before: 'get_cpu()', within: ATOMIC, call: 'put_cpu()'],
            // linux/atomic.h, linux/refcount.h
            atomic_read                     : [call: 'atomic_t v; atomic_read(v)'],
            atomic_set                      : [call: 'atomic_t v; atomic_set(v, 1)'],
            atomic_inc                      : [call: 'atomic_t v; atomic_inc(v)'],
            atomic_dec                      : [call: 'atomic_t v; atomic_dec(v)'],
            atomic_add                      : [call: 'atomic_t v; atomic_add(2, v)'],
            atomic_inc_return               : [call: 'atomic_t v; atomic_inc_return(v)'],
            atomic_dec_and_test             : [call: 'atomic_t v; atomic_dec_and_test(v)'],
            atomic_cmpxchg                  : [call: 'atomic_t v; atomic_cmpxchg(v, 0, 1)'],
            atomic_inc_not_zero             : [call: 'atomic_t v; atomic_inc_not_zero(v)'],
            refcount_set                    : [call: 'refcount_t r; refcount_set(r, 1)'],
            refcount_inc                    : [call: 'refcount_t r = REFCOUNT_INIT(1); refcount_inc(r)'],
            refcount_inc_not_zero           : [call: 'refcount_t r; refcount_inc_not_zero(r)'],
            refcount_dec_and_test           : [call: 'refcount_t r = REFCOUNT_INIT(1); refcount_dec_and_test(r)'],
            // linux/bitops.h
            set_bit                         : [call: 'ulong w; set_bit(3, w)'],
            clear_bit                       : [call: 'ulong w; clear_bit(3, w)'],
            test_bit                        : [call: 'ulong w; test_bit(3, w)'],
            test_and_set_bit                : [call: 'ulong w; test_and_set_bit(3, w)'],
            test_and_clear_bit              : [call: 'ulong w; test_and_clear_bit(3, w)'],
            __set_bit                       : [call: 'ulong w; __set_bit(3, w)'],
            __clear_bit                     : [call: 'ulong w; __clear_bit(3, w)'],
            // linux/rculist.h, linux/srcu.h
            list_add_rcu                    : [call: 'list_head h; list_head n; INIT_LIST_HEAD(h); list_add_rcu(n, h)'],
            list_del_rcu                    : [call: 'list_head h; list_head n; INIT_LIST_HEAD(h); list_add_rcu(n, h); list_del_rcu(n)'],
            list_for_each_entry_rcu         : [call: 'list_head h; INIT_LIST_HEAD(h); rcu_read_lock(); for (area i : list_for_each_entry_rcu(h, area, entry)) i.irq = 1; rcu_read_unlock()'],
            init_srcu_struct                : [call: 'srcu_struct s; init_srcu_struct(s)'],
            cleanup_srcu_struct             : [given: 'init_srcu_struct(a.users)', call: 'cleanup_srcu_struct(a.users)'],
            srcu_read_lock                  : [given: 'init_srcu_struct(a.users)', call: 'int idx = srcu_read_lock(a.users)', after: 'srcu_read_unlock(a.users, idx)'],
            srcu_read_unlock                : [given: 'init_srcu_struct(a.users)', before: 'int idx = srcu_read_lock(a.users)', call: 'srcu_read_unlock(a.users, idx)'],
            synchronize_srcu                : [given: 'init_srcu_struct(a.users)', call: 'synchronize_srcu(a.users)'],
            // linux/kref.h
            kref_init                       : [call: 'kref k; kref_init(k)'],
            kref_get                        : [call: 'kref k = KREF_INIT(1); kref_get(k)'],
            kref_get_unless_zero            : [call: 'kref k; kref_get_unless_zero(k)'],
            kref_read                       : [call: 'kref k; kref_read(k)'],
            kref_put                        : [call: 'kref k = KREF_INIT(2); kref_put(k, nothing_released)'],
            kref_put_mutex                  : [call: 'kref k = KREF_INIT(2); kref_put_mutex(k, nothing_released, a.m)'],
            // linux/preempt.h
            preempt_disable                 : [call: 'preempt_disable()', after: 'preempt_enable()'],
            preempt_enable                  : [before: 'preempt_disable()', within: ATOMIC, call: 'preempt_enable()'],
            preempt_count                   : [call: 'preempt_count()'],
            preemptible                     : [call: 'preemptible()'],
            in_atomic                       : [call: 'in_atomic()'],
            in_interrupt                    : [call: 'in_interrupt()'],
            in_irq                          : [call: 'in_irq()'],
            in_hardirq                      : [call: 'in_hardirq()'],
            in_serving_softirq              : [call: 'in_serving_softirq()'],
            in_softirq                      : [call: 'in_softirq()'],
            in_nmi                          : [call: 'in_nmi()'],
            in_task                         : [call: 'in_task()'],
            // linux/irqflags.h, linux/bottom_half.h
            local_irq_disable               : [call: 'local_irq_disable()', after: 'local_irq_enable()'],
            local_irq_enable                : [before: 'local_irq_disable()', within: IRQS_OFF, call: 'local_irq_enable()'],
            local_irq_save                  : [call: 'long flags = local_irq_save()', after: 'local_irq_restore(flags)'],
            local_irq_restore               : [before: 'long flags = local_irq_save()', within: IRQS_OFF, call: 'local_irq_restore(flags)'],
            irqs_disabled                   : [call: 'irqs_disabled()'],
            local_bh_disable                : [call: 'local_bh_disable()', after: 'local_bh_enable()'],
            local_bh_enable                 : [before: 'local_bh_disable()', within: ATOMIC, call: 'local_bh_enable()'],
            // linux/interrupt.h
            request_irq                     : [call: REQUESTED],
            request_threaded_irq            : [call: "request_threaded_irq(a.spare_irq, nothing_irq, nothing_irq, 0, 'spare', a)"],
            free_irq                        : [given: REQUESTED, call: 'free_irq(a.spare_irq, a)'],
            disable_irq                     : [given: REQUESTED, call: 'disable_irq(a.spare_irq)', after: 'enable_irq(a.spare_irq)'],
            disable_irq_nosync              : [given: REQUESTED, call: 'disable_irq_nosync(a.spare_irq)', after: 'enable_irq(a.spare_irq)'],
            disable_hardirq                 : [given: REQUESTED, call: 'disable_hardirq(a.spare_irq)', after: 'enable_irq(a.spare_irq)'],
            enable_irq                      : [given: REQUESTED, before: 'disable_irq_nosync(a.spare_irq)', call: 'enable_irq(a.spare_irq)'],
            synchronize_irq                 : [given: REQUESTED, call: 'synchronize_irq(a.spare_irq)'],
            enable_irq_wake                 : [given: REQUESTED, call: 'enable_irq_wake(a.spare_irq)'],
            irq_set_affinity                : [given: REQUESTED, call: 'irq_set_affinity(a.spare_irq, cpumask_of(1))'],
            IRQ_RETVAL                      : [call: 'IRQ_RETVAL(1)'],
            generic_handle_irq              : [given: REQUESTED, call: 'generic_handle_irq(a.spare_irq)'],
            generic_handle_irq_safe         : [given: REQUESTED, call: 'generic_handle_irq_safe(a.spare_irq)'],
            tasklet_setup                   : [call: 'tasklet_setup(a.tasklet, nothing_tasklet)'],
            tasklet_schedule                : [call: 'tasklet_schedule(a.tasklet)'],
            tasklet_kill                    : [call: 'tasklet_kill(a.tasklet)'],
            tasklet_disable                 : [call: 'tasklet_disable(a.tasklet)', after: 'tasklet_enable(a.tasklet)'],
            tasklet_enable                  : [given: 'tasklet_disable(a.tasklet)', call: 'tasklet_enable(a.tasklet)'],
            // linux/timer.h
            timer_setup                     : [call: 'timer_setup(a.timer, nothing_timer, 0)'],
            add_timer                       : [before: 'a.timer.expires = jiffies + 10', call: 'add_timer(a.timer)'],
            mod_timer                       : [call: 'mod_timer(a.timer, jiffies + 10)'],
            timer_pending                   : [call: 'timer_pending(a.timer)'],
            del_timer                       : [call: 'del_timer(a.timer)'],
            timer_delete                    : [call: 'timer_delete(a.timer)'],
            del_timer_sync                  : [call: 'del_timer_sync(a.timer)'],
            timer_delete_sync               : [call: 'timer_delete_sync(a.timer)'],
            timer_shutdown                  : [call: 'timer_shutdown(a.timer)'],
            timer_shutdown_sync             : [call: 'timer_shutdown_sync(a.timer)'],
            from_timer                      : [call: 'area owner = from_timer(owner, a.timer, timer)'],
            // linux/hrtimer.h
            hrtimer_init                    : [call: 'hrtimer_init(a.pulse, CLOCK_MONOTONIC, HRTIMER_MODE_REL)'],
            hrtimer_start                   : [call: 'hrtimer_start(a.pulse, 1000000, HRTIMER_MODE_REL)'],
            hrtimer_cancel                  : [call: 'hrtimer_cancel(a.pulse)'],
            hrtimer_forward_now             : [call: 'hrtimer_forward_now(a.pulse, 1000000)'],
            hrtimer_try_to_cancel           : [call: 'hrtimer_try_to_cancel(a.pulse)'],
            // linux/delay.h, linux/iopoll.h
            msleep                          : [call: 'msleep(1)'],
            msleep_interruptible            : [call: 'msleep_interruptible(1)'],
            usleep_range                    : [call: 'usleep_range(50, 100)'],
            fsleep                          : [call: 'fsleep(50)'],
            udelay                          : [call: 'udelay(10)'],
            ndelay                          : [call: 'ndelay(100)'],
            mdelay                          : [call: 'mdelay(1)'],
            readl_poll_timeout              : [before: 'u32 val = 0', call: 'readl_poll_timeout(a.regs, val, true, 10, 100)'],
            // linux/jiffies.h, linux/ktime.h
            time_after                      : [call: 'time_after(jiffies, 0)'],
            msecs_to_jiffies                : [call: 'msecs_to_jiffies(10)'],
            ktime_get                       : [call: 'ktime_get()'],
            ktime_get_ns                    : [call: 'ktime_get_ns()'],
            ktime_to_ns                     : [call: 'ktime_to_ns(5)'],
            // linux/workqueue.h
            INIT_WORK                       : [call: 'INIT_WORK(a.job, nothing_work)'],
            INIT_DELAYED_WORK               : [call: 'INIT_DELAYED_WORK(a.later, nothing_work)'],
            schedule_work                   : [call: 'schedule_work(a.job)'],
            schedule_delayed_work           : [call: 'schedule_delayed_work(a.later, 10)'],
            queue_work                      : [call: 'queue_work(a.wq, a.job)'],
            queue_delayed_work              : [call: 'queue_delayed_work(a.wq, a.later, 10)'],
            mod_delayed_work                : [call: 'mod_delayed_work(a.wq, a.later, 10)'],
            create_workqueue                : [call: "create_workqueue('own')"],
            create_singlethread_workqueue   : [call: "create_singlethread_workqueue('own')"],
            alloc_workqueue                 : [call: "alloc_workqueue('own', 0, 0)"],
            alloc_ordered_workqueue         : [call: "alloc_ordered_workqueue('own', 0)"],
            flush_work                      : [call: 'flush_work(a.job)'],
            flush_workqueue                 : [call: 'flush_workqueue(a.wq)'],
            cancel_work                     : [call: 'cancel_work(a.job)'],
            cancel_work_sync                : [call: 'cancel_work_sync(a.job)'],
            cancel_delayed_work             : [call: 'cancel_delayed_work(a.later)'],
            cancel_delayed_work_sync        : [call: 'cancel_delayed_work_sync(a.later)'],
            destroy_workqueue               : [call: 'destroy_workqueue(a.wq)'],
            work_pending                    : [call: 'work_pending(a.job)'],
            // linux/kthread.h
            kthread_create                  : [call: THREAD],
            kthread_run                     : [call: "kthread_run(nothing, a, 'nothing')"],
            kthread_stop                    : [given: THREAD, call: 'kthread_stop(a.thread)'],
            kthread_should_stop             : [call: 'kthread_should_stop()'],
    ].asImmutable()

    private ContextSnippets() {}
}
