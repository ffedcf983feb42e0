package dev.tophalf.linux

class InitialisersSpec extends DriverSpecification {

    def "#declaration is ready for use"() {
        when:
        load("""
            MODULE_LICENSE('GPL')
            class device_state {
                spinlock_t lock; raw_spinlock_t raw; rwlock_t rw; mutex m; rw_semaphore sem; semaphore count
                list_head list; hlist_head hlist; completion done; wait_queue_head_t queue
            }
            $declaration
            static int start() {
                $use
                return 0
            }
            module_init(start)""")

        then:
        rules() == []

        where:
        declaration                                                    | use
        'spinlock_t lock = __SPIN_LOCK_UNLOCKED(lock)'                 | 'spin_lock(lock); spin_unlock(lock)'
        'raw_spinlock_t lock = __RAW_SPIN_LOCK_UNLOCKED(lock)'         | 'raw_spin_lock(lock); raw_spin_unlock(lock)'
        'rwlock_t lock = __RW_LOCK_UNLOCKED(lock)'                     | 'read_lock(lock); read_unlock(lock)'
        'mutex m = __MUTEX_INITIALIZER(m)'                             | 'mutex_lock(m); mutex_unlock(m)'
        'rw_semaphore sem = __RWSEM_INITIALIZER(sem)'                  | 'down_read(sem); up_read(sem)'
        'semaphore sem = __SEMAPHORE_INITIALIZER(sem, 1)'              | 'down(sem); up(sem)'
        'list_head head = LIST_HEAD_INIT(head)'                        | 'if (!list_empty(head)) list_del(head)'
        'hlist_head head = HLIST_HEAD_INIT()'                          | 'if (!hlist_empty(head)) pr_err("full")'
        'completion done = COMPLETION_INITIALIZER(done)'               | 'complete(done); wait_for_completion(done)'
        'wait_queue_head_t q = __WAIT_QUEUE_HEAD_INITIALIZER(q)'       | 'wake_up(q)'
        'device_state s = [lock: __SPIN_LOCK_UNLOCKED(s.lock)]'        | 'spin_lock(s.lock); spin_unlock(s.lock)'
        'device_state s = [raw: __RAW_SPIN_LOCK_UNLOCKED(s.raw)]'      | 'raw_spin_lock(s.raw); raw_spin_unlock(s.raw)'
        'device_state s = [rw: __RW_LOCK_UNLOCKED(s.rw)]'              | 'write_lock(s.rw); write_unlock(s.rw)'
        'device_state s = [m: __MUTEX_INITIALIZER(s.m)]'               | 'mutex_lock(s.m); mutex_unlock(s.m)'
        'device_state s = [sem: __RWSEM_INITIALIZER(s.sem)]'           | 'down_write(s.sem); up_write(s.sem)'
        'device_state s = [count: __SEMAPHORE_INITIALIZER(s.count, 2)]' | 'down(s.count); down(s.count); up(s.count); up(s.count)'
        'device_state s = [list: LIST_HEAD_INIT(s.list)]'              | 'if (!list_empty(s.list)) list_del(s.list)'
        'device_state s = [done: COMPLETION_INITIALIZER(s.done)]'      | 'complete(s.done); wait_for_completion(s.done)'
        'device_state s = [queue: __WAIT_QUEUE_HEAD_INITIALIZER(s.queue)]' | 'wake_up(s.queue)'
    }

    def "a lock has the name that its initialiser gives it"() {
        when:
        load("""
            MODULE_LICENSE('GPL')
            class device_state { spinlock_t lock }
            device_state s = [lock: __SPIN_LOCK_UNLOCKED(s.lock)]
            static int start() {
                spin_lock(s.lock)
                spin_lock(s.lock)
                return 0
            }
            module_init(start)""")

        then:
        findings*.rule().first() == 'recursive-lock'
        findings.first().toString().contains('s.lock')
    }
}
