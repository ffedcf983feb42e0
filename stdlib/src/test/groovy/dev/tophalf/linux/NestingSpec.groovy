package dev.tophalf.linux

class NestingSpec extends DriverSpecification {
    static final String BESIDE = '''
        MODULE_LICENSE('GPL')
        DEFINE_RWLOCK(rw)
        DEFINE_SRCU(users)
        DEFINE_MUTEX(all)
        class node { mutex m; spinlock_t s }
        static node make() { node x = kzalloc(node, GFP_KERNEL); mutex_init(x.m); spin_lock_init(x.s); return x }
        static int start() {
            %s
            return 0
        }
        module_init(start)'''

    void begin(String body) {
        load(String.format(BESIDE.stripIndent(), body))
    }

    def "#call without an end is #rule, and soon"() {
        when:
        begin("while (true) $call")

        then:
        rules().first() == rule
        dmesg().any { it.contains(linux) }

        where:
        call                    || rule                     | linux
        'rcu_read_lock()'       || 'too-many-locks'         | 'BUG: MAX_LOCK_DEPTH too low!'
        'rcu_read_lock_sched()' || 'too-many-locks'         | 'BUG: MAX_LOCK_DEPTH too low!'
        'preempt_disable()'     || 'preempt-count-overflow' | 'DEBUG_LOCKS_WARN_ON'
        'local_bh_disable()'    || 'preempt-count-overflow' | 'DEBUG_LOCKS_WARN_ON'
        'get_cpu()'             || 'preempt-count-overflow' | 'DEBUG_LOCKS_WARN_ON'
    }

    def "#call of one class without an end does not keep the machine for ever"() {
        when:
        begin("while (true) $call")

        then:
        rules().contains(rule)

        where:
        call                    || rule
        'srcu_read_lock(users)' || 'too-many-locks'
        'read_lock(rw)'         || 'recursive-lock'
        'spin_lock(make().s)'   || 'recursive-lock'
    }

    def "as deep as a kernel may is right: #body"() {
        when:
        begin(body)

        then:
        rules() == []

        where:
        body << [
                'for (int i = 0; i < 48; i++) rcu_read_lock(); for (int i = 0; i < 48; i++) rcu_read_unlock()',
                'for (int i = 0; i < 200; i++) preempt_disable(); for (int i = 0; i < 200; i++) preempt_enable()',
                'for (int i = 0; i < 100; i++) local_bh_disable(); for (int i = 0; i < 100; i++) local_bh_enable()',
                '''mutex_lock(all)
                   List<node> nodes = []
                   for (int i = 0; i < 100; i++) { node x = make(); nodes << x; mutex_lock_nest_lock(x.m, all) }
                   for (node x : nodes) { mutex_unlock(x.m); kfree(x) }
                   mutex_unlock(all)''',
        ]
    }
}
