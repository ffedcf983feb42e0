package dev.tophalf.linux

class RculistSpec extends DriverSpecification {
    static final String BESIDE = '''
        class item { int n; list_head node; hlist_node link; rcu_head rcu }
        LIST_HEAD(items)
        HLIST_HEAD(bucket)
        DEFINE_SPINLOCK(lock)
        DEFINE_SRCU(readers)
        static item make(int n) {
            item i = kzalloc(item, GFP_KERNEL)
            i.n = n
            return i
        }
        static item add(int n) {
            item i = make(n)
            list_add_tail_rcu(i.node, items)
            hlist_add_tail_rcu(i.link, bucket)
            return i
        }
        static int sum() {
            int total = 0
            rcu_read_lock()
            for (item i : list_for_each_entry_rcu(items, item, node)) total = total * 10 + i.n
            rcu_read_unlock()
            return total
        }
        static int hsum() {
            int total = 0
            rcu_read_lock()
            for (item i : hlist_for_each_entry_rcu(bucket, item, link)) total = total * 10 + i.n
            rcu_read_unlock()
            return total
        }'''

    void begin(String body, String beside = '') {
        load("MODULE_LICENSE('GPL')\n${BESIDE.stripIndent()}\n$beside\nstatic int start() {\n$body\nreturn 0\n}\nmodule_init(start)\n")
    }

    def "#change leaves #left"() {
        when:
        begin("item a = add(1); item b = add(2); item c = add(3)\n$change\npr_info('%d\\n', sum())")

        then:
        rules() == []
        dmesg().last() == left

        where:
        change                                      || left
        ''                                          || '123'
        'list_add_rcu(make(4).node, items)'         || '4123'
        'list_add_tail_rcu(make(4).node, b.node)'   || '1423'
        'list_del_rcu(b.node)'                      || '13'
        'list_replace_rcu(b.node, make(7).node)'    || '173'
        'list_del_rcu(a.node); list_del_rcu(b.node); list_del_rcu(c.node)' || '0'
    }

    def "hlist: #change leaves #left"() {
        when:
        begin("item a = add(1); item b = add(2); item c = add(3)\n$change\npr_info('%d\\n', hsum())")

        then:
        rules() == []
        dmesg().last() == left

        where:
        change                                            || left
        ''                                                || '123'
        'hlist_add_head_rcu(make(4).link, bucket)'        || '4123'
        'hlist_add_before_rcu(make(4).link, b.link)'      || '1423'
        'hlist_add_behind_rcu(make(4).link, b.link)'      || '1243'
        'hlist_del_rcu(b.link)'                           || '13'
        'hlist_del_rcu(a.link)'                           || '23'
        'hlist_del_init_rcu(c.link)'                      || '12'
        'hlist_del_init_rcu(c.link); hlist_del_init_rcu(c.link); hlist_add_head_rcu(c.link, bucket)' || '312'
        'hlist_replace_rcu(b.link, make(7).link)'         || '173'
    }

    def "who stands at an entry that is taken off finds on from there: #change"() {
        when:
        begin("""item a = add(1); item b = add(2); item c = add(3); item other = make(9)
                 int total = 0
                 rcu_read_lock()
                 for (item i : $loop) {
                     total = total * 10 + i.n
                     if (i.n == 2) { $change }
                 }
                 rcu_read_unlock()
                 pr_info('%d\\n', total)""")

        then:
        rules() == []
        dmesg().last() == '123'

        where:
        loop                                            | change
        'list_for_each_entry_rcu(items, item, node)'    | 'list_del_rcu(b.node)'
        'list_for_each_entry_rcu(items, item, node)'    | 'list_replace_rcu(b.node, other.node)'
        'hlist_for_each_entry_rcu(bucket, item, link)'  | 'hlist_del_rcu(b.link)'
        'hlist_for_each_entry_rcu(bucket, item, link)'  | 'hlist_del_init_rcu(b.link)'
        'hlist_for_each_entry_rcu(bucket, item, link)'  | 'hlist_replace_rcu(b.link, other.link)'
    }

    def "#mistake is reported as #rule"() {
        when:
        begin("item a = add(1); item b = add(2)\n$body")

        then:
        rules() == [rule]

        where:
        mistake                               | body                                                                            || rule
        'a loop outside of a reader'          | 'for (item i : list_for_each_entry_rcu(items, item, node)) pr_info("%d", i.n)'  || 'rcu-dereference-outside'
        'a loop whose condition is not so'    | 'for (item i : list_for_each_entry_rcu(items, item, node, lockdep_is_held(lock))) pr_info("%d", i.n)' || 'rcu-dereference-outside'
        'an hlist loop outside of a reader'   | 'for (item i : hlist_for_each_entry_rcu(bucket, item, link)) pr_info("%d", i.n)' || 'rcu-dereference-outside'
        'an SRCU loop outside of a reader'    | 'for (item i : list_for_each_entry_srcu(items, item, node, srcu_read_lock_held(readers))) pr_info("%d", i.n)' || 'rcu-dereference-outside'
        'taking off twice'                    | 'list_del_rcu(a.node); list_del_rcu(a.node)'                                     || 'list-not-linked'
        'adding twice'                        | 'list_add_rcu(a.node, items)'                                                    || 'list-double-add'
        'taking off with list_del() in a loop of readers' | 'rcu_read_lock(); for (item i : list_for_each_entry_rcu(items, item, node)) if (i.n == 1) list_del(i.node); rcu_read_unlock()' || 'list-changed-in-walk'
        'taking off twice from an hlist'      | 'hlist_del_rcu(a.link); hlist_del_rcu(a.link)'                                   || 'list-not-linked'
    }

    def "correct use earns nothing: #body"() {
        when:
        begin("item a = add(1); item b = add(2)\n$body")

        then:
        rules() == []

        where:
        body << [
                'rcu_read_lock(); for (item i : list_for_each_entry_rcu(items, item, node)) pr_info("%d", i.n); rcu_read_unlock()',
                'rcu_read_lock_bh(); for (item i : list_for_each_entry_rcu(items, item, node)) pr_info("%d", i.n); rcu_read_unlock_bh()',
                'preempt_disable(); for (item i : list_for_each_entry_rcu(items, item, node)) pr_info("%d", i.n); preempt_enable()',
                'spin_lock(lock); for (item i : list_for_each_entry_rcu(items, item, node, lockdep_is_held(lock))) pr_info("%d", i.n); spin_unlock(lock)',
                'int r = srcu_read_lock(readers); for (item i : list_for_each_entry_srcu(items, item, node, srcu_read_lock_held(readers))) { msleep(1); pr_info("%d", i.n) }; srcu_read_unlock(readers, r)',
                'list_del_rcu(a.node); synchronize_rcu(); kfree(a)',
                'list_del_rcu(a.node); kfree_rcu(a, rcu)',
                'rcu_read_lock(); item f = list_first_or_null_rcu(items, item, node); item n = list_next_or_null_rcu(items, f.node, item, node); item e = list_next_or_null_rcu(items, n.node, item, node); pr_info("%d %d %d", f.n, n.n, e == null); rcu_read_unlock()',
                'rcu_read_lock(); for (item i : list_for_each_entry_continue_rcu(a, items, node)) pr_info("%d", i.n); for (item i : list_for_each_entry_from_rcu(a, items, node)) pr_info("%d", i.n); rcu_read_unlock()',
                'for (item i : list_for_each_entry(items, item, node)) if (i.n == 1) list_del_rcu(i.node)',
                'list_del_rcu(a.node); synchronize_rcu(); list_add_rcu(a.node, items)',
        ]
    }

    def "an entry that is freed while a reader stands at it is reported: #free"() {
        when:
        begin("""item a = add(1); item b = add(2)
                 task_struct t = kthread_run(read, null, 'reader')
                 udelay(20)
                 list_del_rcu(a.node)
                 $free""", '''
            static int read(Object data) {
                rcu_read_lock()
                for (item i : list_for_each_entry_rcu(items, item, node)) {
                    udelay(500)
                    pr_info('%d\\n', i.n)
                }
                rcu_read_unlock()
                return 0
            }''')

        then:
        rules().take(1) == expected

        where:
        free                          || expected
        'synchronize_rcu(); kfree(a)' || []
        'kfree_rcu(a, rcu)'           || []
        'kfree(a)'                    || ['rcu-free-without-grace']
    }
}
