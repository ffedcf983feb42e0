package dev.tophalf.linux

class KrefSpec extends DriverSpecification {
    void begin(String body) {
        load("""
            MODULE_LICENSE('GPL')
            class session { int id; kref users }
            DEFINE_MUTEX(m)
            DEFINE_SPINLOCK(lock)
            static void release(kref k) {
                session s = container_of(k, session, users)
                pr_info('freed %d\\n', s.id)
                kfree(s)
            }
            static void release_locked(kref k) {
                session s = container_of(k, session, users)
                lockdep_assert_held(m)
                mutex_unlock(m)
                pr_info('freed %d\\n', s.id)
                kfree(s)
            }
            static void release_spinning(kref k) {
                session s = container_of(k, session, users)
                lockdep_assert_held(lock)
                spin_unlock(lock)
                pr_info('freed %d\\n', s.id)
                kfree(s)
            }
            static void release_sleeping(kref k) {
                msleep(1)
                release(k)
            }
            static session make(int id) {
                session s = kzalloc(session, GFP_KERNEL)
                s.id = id
                kref_init(s.users)
                return s
            }
            static int start() {
                $body
                return 0
            }
            module_init(start)""")
    }

    def "the last reference frees the object: #body prints #printed"() {
        when:
        begin(body)

        then:
        rules() == []
        dmesg().findAll { it =~ /^(freed|\d|kept)/ } == printed

        where:
        body                                                                                             || printed
        'session s = make(1); kref_get(s.users); pr_info("%d", kref_put(s.users, release)); pr_info("%d", kref_put(s.users, release))' || ['0', 'freed 1', '1']
        'session s = make(2); if (kref_get_unless_zero(s.users)) { pr_info("%u", kref_read(s.users)); kref_put(s.users, release) }; kref_put(s.users, release)' || ['2', 'freed 2']
        'session s = make(3); kref_put_mutex(s.users, release_locked, m)'                                || ['freed 3']
        'session s = make(4); kref_get(s.users); if (!kref_put_mutex(s.users, release_locked, m)) pr_info("kept"); kref_put_mutex(s.users, release_locked, m)' || ['kept', 'freed 4']
        'session s = make(5); kref_put_lock(s.users, release_spinning, lock)'                            || ['freed 5']
        'session s = make(6); kref_put(s.users, release_sleeping)'                                       || ['freed 6']
    }

    def "#mistake is reported as #expected"() {
        when:
        begin(body)

        then:
        rules() == expected

        where:
        mistake                            | body                                                                                          || expected
        'taking one of what is gone'       | 'session s = kzalloc(session, GFP_KERNEL); kref_get(s.users); kfree(s)'                       || ['refcount-from-zero']
        'giving back too often'            | 'session s = kzalloc(session, GFP_KERNEL); kref_put(s.users, release); kfree(s)'              || ['refcount-underflow']
        'no function that frees'           | 'session s = make(1); kref_put(s.users, null)'                                                || ['oops']
        'a function that sleeps, in atomic context' | 'session s = make(1); spin_lock(lock); kref_put(s.users, release_sleeping); spin_unlock(lock)' || ['sleep-in-atomic']
        'a mutex for it in atomic context' | 'session s = make(1); spin_lock(lock); kref_put_mutex(s.users, release_locked, m); spin_unlock(lock)' || ['sleep-in-atomic']
    }

    def "a report names the count by the struct that it is in"() {
        when:
        begin('session s = kzalloc(session, GFP_KERNEL); kref_get(s.users); kfree(s)')

        then:
        findings.first().message().startsWith('kref_get() of session.users, which is 0')
    }
}
