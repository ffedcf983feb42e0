package dev.tophalf.linux

class LockAnnotationsSpec extends DriverSpecification {
    void begin(String body, String beside = '') {
        load("""
            MODULE_LICENSE('GPL')
            lock_class_key key
            lock_class_key other_key
            lockdep_map map = STATIC_LOCKDEP_MAP_INIT('device ready', key)
            lockdep_map late
            DEFINE_MUTEX(m)
            DEFINE_MUTEX(n)
            DEFINE_SPINLOCK(s)
            DEFINE_RT_MUTEX(rt)
            DECLARE_RWSEM(sem)
            class node { mutex m; spinlock_t s; rt_mutex rt }
            static node make() {
                node x = kzalloc(node, GFP_KERNEL)
                mutex_init(x.m)
                spin_lock_init(x.s)
                rt_mutex_init(x.rt)
                return x
            }
            $beside
            static int start() {
                $body
                return 0
            }
            module_init(start)""")
    }

    def "#mistake is reported as #expected"() {
        when:
        begin(body)

        then:
        rules() == expected

        where:
        mistake                                  | body                                                                                             || expected
        'waiting for what who has it waits for us' | 'lock_map_acquire(map); mutex_lock(m); mutex_unlock(m); lock_map_release(map); mutex_lock(m); lock_map_acquire(map); lock_map_release(map); mutex_unlock(m)' || ['lock-order-cycle']
        'the same told without having it'        | 'lock_map_acquire_read(map); mutex_lock(m); mutex_unlock(m); lock_map_release(map); mutex_lock(m); lock_map_sync(map); mutex_unlock(m)' || ['lock-order-cycle']
        'waiting for oneself'                    | 'lock_map_acquire_read(map); lock_map_sync(map); lock_map_release(map)'                          || ['recursive-lock']
        'having it twice'                        | 'lock_map_acquire(map); lock_map_acquire(map); lock_map_release(map); lock_map_release(map)'      || ['recursive-lock']
        'giving back what one has not'           | 'lock_map_release(map)'                                                                          || ['unlock-not-held']
        'a map that nobody initialised'          | 'lock_map_acquire(late); lock_map_release(late)'                                                 || ['lock-not-initialised']
        'the long form'                          | 'lock_acquire(map, 0, 0, 0, 1, null, _THIS_IP_); mutex_lock(m); mutex_unlock(m); lock_release(map, _RET_IP_); mutex_lock(m); lock_acquire(map, 0, 0, 1, 1, null, _THIS_IP_); lock_release(map, _THIS_IP_); mutex_unlock(m)' || ['lock-order-cycle']
        'the long form of waiting'               | 'lock_acquire(map, 0, 0, 2, 1, null, _THIS_IP_); mutex_lock(m); mutex_unlock(m); lock_release(map, _THIS_IP_); mutex_lock(m); lock_sync(map, 0, 0, 1, null, _THIS_IP_); mutex_unlock(m)' || ['lock-order-cycle']
        'a map initialised late'                 | 'lockdep_init_map(late, "late", other_key, 0); lock_map_acquire(late); mutex_lock(m); mutex_unlock(m); lock_map_release(late); mutex_lock(m); lock_map_sync(late); mutex_unlock(m)' || ['lock-order-cycle']
        'keeping it'                             | 'lock_map_acquire(map)'                                                                          || ['lock-held-at-return']
        'might_lock_read() of what is written'   | 'down_write(sem); might_lock_read(sem); up_write(sem)'                                           || ['recursive-lock']
        'an order that might_lock_nested() tells' | 'mutex_lock(m); might_lock_nested(n, 1); mutex_unlock(m); mutex_lock_nested(n, 1); mutex_lock(m); mutex_unlock(m); mutex_unlock(n)' || ['lock-order-cycle']
        'two rt_mutexes in both orders'          | 'node x = make(); rt_mutex_lock(rt); rt_mutex_lock(x.rt); rt_mutex_unlock(x.rt); rt_mutex_unlock(rt); rt_mutex_lock(x.rt); rt_mutex_lock(rt); rt_mutex_unlock(rt); rt_mutex_unlock(x.rt); kfree(x)' || ['lock-order-cycle']
        'an rt_mutex under a spinlock'           | 'spin_lock(s); rt_mutex_lock(rt); rt_mutex_unlock(rt); spin_unlock(s)'                            || ['sleep-in-atomic']
        'an rt_mutex that is not held'           | 'rt_mutex_unlock(rt)'                                                                            || ['unlock-not-held']
        'a map without a name'                   | 'lockdep_init_map(late, null, key, 0)'                                                             || ['oops']
        'a class without a name'                 | 'lockdep_set_class_and_name(m, key, null)'                                                         || ['oops']
        'two of one subclass'                    | 'node x = make(); node y = make(); lockdep_set_subclass(x.m, 1); lockdep_set_subclass(y.m, 1); mutex_lock(x.m); mutex_lock(y.m); mutex_unlock(y.m); mutex_unlock(x.m); kfree(x); kfree(y)' || ['recursive-lock']
    }

    def "correct use earns nothing: #body"() {
        when:
        begin(body)

        then:
        rules() == []

        where:
        body << [
                'lock_map_acquire(map); mutex_lock(m); mutex_unlock(m); lock_map_release(map); lock_map_sync(map)',
                'lock_map_acquire_read(map); lock_map_acquire_read(map); lock_map_release(map); lock_map_release(map)',
                'if (lock_is_held(map)) pr_err("held"); lock_map_acquire(map); if (!lock_is_held(map)) pr_err("not held"); lock_map_release(map)',
                'lock_map_acquire(map); mutex_lock(m); mutex_unlock(m); lock_map_release(map); mutex_lock(m); lock_map_acquire_try(map); lock_map_release(map); mutex_unlock(m)',
                'lock_acquire(map, 0, 0, 0, 0, null, _THIS_IP_); mutex_lock(m); mutex_unlock(m); lock_release(map, _THIS_IP_); mutex_lock(m); lock_acquire(map, 0, 0, 0, 0, null, _THIS_IP_); lock_release(map, _THIS_IP_); mutex_unlock(m)',
                'node x = make(); node y = make(); lockdep_set_subclass(y.m, 1); mutex_lock(x.m); mutex_lock(y.m); mutex_unlock(y.m); mutex_unlock(x.m); kfree(x); kfree(y)',
                'node x = make(); node y = make(); lockdep_set_class_and_subclass(y.m, key, 2); mutex_lock(x.m); mutex_lock(y.m); mutex_unlock(y.m); mutex_unlock(x.m); kfree(x); kfree(y)',
                'node x = make(); node y = make(); lockdep_set_novalidate_class(x.m); lockdep_set_novalidate_class(y.m); mutex_lock(x.m); mutex_lock(y.m); mutex_unlock(y.m); mutex_unlock(x.m); kfree(x); kfree(y)',
                'rt_mutex_lock(rt); if (!rt_mutex_is_locked(rt)) pr_err("free"); if (rt_mutex_trylock(rt)) pr_err("twice"); rt_mutex_unlock(rt); if (rt_mutex_trylock(rt)) rt_mutex_unlock(rt)',
                'if (rt_mutex_lock_interruptible(rt) == 0) rt_mutex_unlock(rt); if (rt_mutex_lock_killable(rt) == 0) rt_mutex_unlock(rt)',
                'node x = make(); node y = make(); rt_mutex_lock(x.rt); rt_mutex_lock_nested(y.rt, 1); rt_mutex_unlock(y.rt); rt_mutex_unlock(x.rt); kfree(x); kfree(y)',
                'down_read(sem); if (!lockdep_is_held_type(sem, 1) || lockdep_is_held_type(sem, 0) || !lockdep_is_held_type(sem, -1)) pr_err("wrong"); up_read(sem)',
                'might_lock_read(sem); down_read(sem); up_read(sem); might_lock_nested(m, 1)',
        ]
    }

    def "no answer of those was wrong"() {
        when:
        begin('''lock_map_acquire(map)
                 pr_info('%d\\n', lock_is_held(map))
                 lock_map_release(map)
                 down_read(sem)
                 pr_info('%d %d %d\\n', lockdep_is_held_type(sem, 1), lockdep_is_held_type(sem, 0), lockdep_is_held_type(sem, -1))
                 up_read(sem)
                 rt_mutex_lock(rt)
                 pr_info('%d %d\\n', rt_mutex_is_locked(rt), rt_mutex_trylock(rt))
                 rt_mutex_unlock(rt)''')

        then:
        dmesg().takeRight(3) == ['1', '1 0 1', '1 0']
    }
}
