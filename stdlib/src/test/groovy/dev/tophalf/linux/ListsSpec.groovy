package dev.tophalf.linux

class ListsSpec extends DriverSpecification {
    /** A module with three structs, two lists and a function that prints a list. */
    private Integer lists(String body) {
        load("""
            MODULE_LICENSE('GPL')
            class item { int n; list_head node; hlist_node link }
            class owner { list_head items; list_head zeroed }
            LIST_HEAD(queued)
            LIST_HEAD(done)
            HLIST_HEAD(bucket)
            static item make(int n) { item i = kzalloc(item, GFP_KERNEL); i.n = n; return i }
            static void show(list_head head) {
                String text = ''
                for (item i : list_for_each_entry(head, item, node)) text += i.n
                String back = ''
                for (item i : list_for_each_entry_reverse(head, item, node)) back = i.n + back
                pr_info('[%s]%s\\n', text, text == back ? '' : ' but backwards ' + back)
            }
            static void shows(hlist_head head) {
                String text = ''
                for (item i : hlist_for_each_entry(head, item, link)) text += i.n
                pr_info('(%s)\\n', text)
            }
            static int start() {
                item a = make(1); item b = make(2); item c = make(3)
                $body
                kfree(a); kfree(b); kfree(c)
                return 0
            }
            static void stop() { }
            module_init(start)
            module_exit(stop)""")
    }

    static final String THREE = 'list_add_tail(a.node, queued); list_add_tail(b.node, queued); list_add_tail(c.node, queued);'
    static final String HASHED = 'hlist_add_head(c.link, bucket); hlist_add_head(b.link, bucket); hlist_add_head(a.link, bucket);'

    def "#code leaves #text"() {
        when:
        lists "$code; show(queued); show(done)"

        then:
        rules() == []
        dmesg().takeRight(2) == text

        where:
        code                                                                   || text
        'list_add(a.node, queued); list_add(b.node, queued)'                       || ['[21]', '[]']
        THREE                                                                  || ['[123]', '[]']
        'list_add(a.node, queued); list_add(b.node, a.node)'                     || ['[12]', '[]']
        'list_add(a.node, queued); list_add_tail(b.node, a.node)'                || ['[21]', '[]']
        THREE + 'list_del(b.node)'                                             || ['[13]', '[]']
        THREE + 'list_del(b.node); list_add(b.node, done)'                     || ['[13]', '[2]']
        THREE + 'list_del_init(b.node); list_del_init(b.node)'                 || ['[13]', '[]']
        THREE + 'list_del_init(b.node); list_del(b.node)'                      || ['[13]', '[]']
        THREE + 'LIST_HEAD(mine); list_splice_init(queued, mine); list_splice(mine, done)' || ['[]', '[123]']
        THREE + 'list_move(c.node, queued)'                                      || ['[312]', '[]']
        THREE + 'list_move_tail(a.node, queued)'                                 || ['[231]', '[]']
        THREE + 'list_move(a.node, done); list_move(b.node, done)'             || ['[3]', '[21]']
        'list_add(a.node, queued); list_replace(a.node, b.node)'                 || ['[2]', '[]']
        'list_add(a.node, queued); list_replace_init(a.node, b.node); list_add(a.node, done)' || ['[2]', '[1]']
        THREE + 'list_swap(a.node, c.node)'                                    || ['[321]', '[]']
        THREE + 'list_swap(a.node, b.node)'                                    || ['[213]', '[]']
        THREE + 'list_swap(b.node, a.node)'                                    || ['[213]', '[]']
        THREE + 'list_rotate_left(queued)'                                       || ['[231]', '[]']
        'list_rotate_left(queued)'                                               || ['[]', '[]']
        THREE + 'list_move(c.node, done); list_splice_init(queued, done)'        || ['[]', '[123]']
        THREE + 'list_move(a.node, done); list_splice_tail_init(queued, done)'   || ['[]', '[123]']
        THREE + 'list_splice(queued, done); INIT_LIST_HEAD(queued)'                || ['[]', '[123]']
        THREE + 'list_splice_tail(queued, done); INIT_LIST_HEAD(queued)'           || ['[]', '[123]']
        THREE + 'list_splice_init(done, queued)'                                 || ['[123]', '[]']
        THREE + 'INIT_LIST_HEAD(queued); list_add(b.node, queued)'                 || ['[2]', '[]']
        'list_head tmp; INIT_LIST_HEAD(tmp); list_add(a.node, tmp); list_splice_tail(tmp, queued)' || ['[1]', '[]']
        'owner o = kzalloc(owner, GFP_KERNEL); INIT_LIST_HEAD(o.items); list_add(a.node, o.items); kfree(o); list_add(a.node, queued)' || ['[1]', '[]']
    }

    def "#question is #answer"() {
        when:
        lists "$THREE pr_info('%d\\n', $question)"

        then:
        rules() == []
        dmesg().last() == "$answer"

        where:
        question                                                        || answer
        'list_empty(queued)'                                              || 0
        'list_empty(done)'                                              || 1
        'list_empty_careful(done)'                                      || 1
        'list_is_singular(queued)'                                        || 0
        'list_is_singular(done)'                                        || 0
        'list_is_first(a.node, queued) * 10 + list_is_first(b.node, queued)' || 10
        'list_is_last(c.node, queued) * 10 + list_is_last(b.node, queued)'  || 10
        'list_is_head(queued, queued) * 10 + list_is_head(a.node, queued)'    || 10
        'list_first_entry(queued, item, node).n'                          || 1
        'list_last_entry(queued, item, node).n'                           || 3
        'list_first_entry_or_null(queued, item, node).n'                  || 1
        'list_first_entry_or_null(done, item, node) ? 1 : 0'            || 0
        'list_next_entry(a, node).n'                                    || 2
        'list_prev_entry(c, node).n'                                    || 2
        'list_entry(queued.next, item, node).n'                           || 1
        'container_of(b.node, item, node).n'                            || 2
        'b.node.prev == a.node && b.node.next == c.node ? 1 : 0'        || 1
        'READ_ONCE(queued.next) == a.node ? 1 : 0'                        || 1
    }

    def "the loop #loop sees #seen and leaves #left"() {
        when:
        lists "$THREE String seen = ''; $loop; pr_info('%s\\n', seen); show(queued)"

        then:
        rules() == []
        dmesg().takeRight(2) == [seen, left]

        where:
        loop                                                                                                  || seen  | left
        'for (list_head p : list_for_each(queued)) seen += list_entry(p, item, node).n'                         || '123' | '[123]'
        'for (list_head p : list_for_each_prev(queued)) seen += list_entry(p, item, node).n'                    || '321' | '[123]'
        'for (list_head p : list_for_each_safe(queued)) { seen += list_entry(p, item, node).n; list_del(p) }'   || '123' | '[]'
        'for (list_head p : list_for_each_prev_safe(queued)) { seen += list_entry(p, item, node).n; list_del(p) }' || '321' | '[]'
        'for (item i : list_for_each_entry(queued, item, node)) { if (i.n == 2) continue; seen += i.n }'        || '13'  | '[123]'
        'for (item i : list_for_each_entry(queued, item, node)) { seen += i.n; if (i.n == 2) { list_del(i.node); break } }' || '12' | '[13]'
        'for (item i : list_for_each_entry_safe(queued, item, node)) { seen += i.n; list_del(i.node) }'         || '123' | '[]'
        'for (item i : list_for_each_entry_safe(queued, item, node)) { seen += i.n; list_move(i.node, done) }'  || '123' | '[]'
        'for (item i : list_for_each_entry_safe(queued, item, node)) { seen += i.n; list_move_tail(i.node, queued); if (i.n == 3) break }' || '123' | '[123]'
        'for (item i : list_for_each_entry_safe_reverse(queued, item, node)) { seen += i.n; list_del_init(i.node) }' || '321' | '[]'
        'for (item i : list_for_each_entry_continue(a, queued, node)) seen += i.n'                              || '23'  | '[123]'
        'for (item i : list_for_each_entry_continue_reverse(c, queued, node)) seen += i.n'                      || '21'  | '[123]'
        'for (item i : list_for_each_entry_from(b, queued, node)) seen += i.n'                                  || '23'  | '[123]'
        'for (item i : list_for_each_entry_safe_from(b, queued, node)) { seen += i.n; list_del(i.node) }'       || '23'  | '[1]'
        'for (item i : list_for_each_entry_safe_continue(b, queued, node)) { seen += i.n; list_del(i.node) }'   || '3'   | '[12]'
        'for (item i : list_for_each_entry(done, item, node)) seen += i.n'                                    || ''    | '[123]'
        'for (item i : list_for_each_entry(queued, item, node)) for (item j : list_for_each_entry(queued, item, node)) seen += j.n' || '123123123' | '[123]'
        'for (item i : list_for_each_entry(queued, item, node)) { seen += i.n; if (i.n < 3 && list_empty(done)) { item d = make(9); list_add_tail(d.node, queued); kfree(make(0)); break } }' || '1' | '[1239]'
    }

    def "a list may be walked by hand"() {
        when:
        lists "$THREE int n = 0; for (list_head p = queued.next; p != queued; p = p.next) n = n * 10 + list_entry(p, item, node).n; pr_info('%d\\n', n)"

        then:
        dmesg().last() == '123'
        rules() == []
    }

    def "links written by hand that do not agree are found at the next change"() {
        when:
        lists "$THREE b.node.next = b.node; list_del(c.node)"

        then:
        rules() == ['list-corruption']
        findings.first().message() == 'list_del() of item.node, whose neighbour does not point back to it'
    }

    def "an entry is freed in a safe loop"() {
        when:
        load '''
            MODULE_LICENSE('GPL')
            class item { list_head node }
            LIST_HEAD(queued)
            static int start() {
                for (int n = 0; n < 5; n++) { item i = kzalloc(item, GFP_KERNEL); list_add(i.node, queued) }
                for (item i : list_for_each_entry_safe(queued, item, node)) {
                    list_del(i.node)
                    kfree(i)
                }
                pr_info('%d\\n', list_empty(queued))
                return 0
            }
            static void stop() { }
            module_init(start)
            module_exit(stop)'''
        unload()

        then:
        dmesg().last() == '1'
        rules() == []
    }

    def "#mistake: #message"() {
        when:
        lists "$body"

        then:
        rules() == [rule]
        findings.first().message() == message
        findings.first().linux() == linux
        findings.first().site().line() == 23

        where:
        mistake                                  | body                                                                          || rule                   | message                                                                             | linux
        'adding twice at the same place'         | 'list_add(a.node, queued); list_add(a.node, queued)'                              || 'list-double-add'      | 'list_add() of item.node, which is on the list queued already'                        | 'list_add double add'
        'adding twice at the same end'           | 'list_add_tail(a.node, queued); list_add_tail(a.node, queued)'                    || 'list-double-add'      | 'list_add_tail() of item.node, which is on the list queued already'                   | 'list_add double add'
        'adding to a second list'                | 'list_add(a.node, queued); list_add(a.node, done)'                              || 'list-double-add'      | 'list_add() of item.node, which is on the list queued already'                        | ''
        'adding again elsewhere'                 | THREE + 'list_add_tail(b.node, queued)'                                         || 'list-double-add'      | 'list_add_tail() of item.node, which is on the list queued already'                   | ''
        'adding a head to itself'                | 'list_add(queued, queued)'                                                        || 'list-double-add'      | 'list_add() of queued, which is on a list already'                                    | 'list_add double add'
        'replacing by what is on a list'         | THREE + 'list_replace(a.node, b.node)'                                        || 'list-double-add'      | 'list_replace() of item.node, which is on the list queued already'                    | 'list_add double add'
        'a zeroed head'                          | 'owner o = new owner(); list_add(a.node, o.zeroed)'                           || 'list-not-initialised' | 'list_add() at owner.zeroed, which was never initialised'                           | 'list_add corruption. next is NULL'
        'the arguments the wrong way round'      | 'list_add(queued, a.node)'                                                      || 'list-not-initialised' | 'list_add() at item.node, which was never initialised'                              | 'list_add corruption. next is NULL'
        'asking a zeroed head'                   | 'owner o = new owner(); if (list_empty(o.zeroed)) pr_info("no\\n")'           || 'list-not-initialised' | 'list_empty() at owner.zeroed, which was never initialised'                         | ''
        'a loop over a zeroed head'              | 'owner o = new owner(); for (item i : list_for_each_entry(o.zeroed, item, node)) { }' || 'list-not-initialised' | 'list_for_each_entry() at owner.zeroed, which was never initialised'        | 'BUG: kernel NULL pointer dereference'
        'splicing a zeroed head'                 | 'owner o = new owner(); list_splice(o.zeroed, queued)'                          || 'list-not-initialised' | 'list_splice() at owner.zeroed, which was never initialised'                        | 'BUG: kernel NULL pointer dereference'
        'deleting what was never added'          | 'list_del(a.node)'                                                            || 'list-not-linked'      | 'list_del() of item.node, which is on no list and was never initialised'            | 'list_del corruption, ->next is NULL'
        'deleting twice'                         | THREE + 'list_del(a.node); list_del(a.node)'                                  || 'list-not-linked'      | 'list_del() of item.node, which was taken off its list at driver.groovy:23'         | 'list_del corruption, ->next is LIST_POISON1'
        'deleting twice, the second time softly' | THREE + 'list_del(a.node); list_del_init(a.node)'                             || 'list-not-linked'      | 'list_del_init() of item.node, which was taken off its list at driver.groovy:23'    | 'list_del corruption, ->next is LIST_POISON1'
        'moving what was deleted'                | THREE + 'list_del(a.node); list_move(a.node, done)'                           || 'list-not-linked'      | 'list_move() of item.node, which was taken off its list at driver.groovy:23'        | 'list_del corruption, ->next is LIST_POISON1'
        'asking what was deleted'                | THREE + 'list_del(a.node); if (list_empty(a.node)) pr_info("no\\n")'          || 'list-not-linked'      | 'list_empty() at item.node, which was taken off its list at driver.groovy:23'       | ''
        'adding behind what was deleted'         | THREE + 'list_del(a.node); item d = new item(); list_add(d.node, a.node)'     || 'list-not-linked'      | 'list_add() at item.node, which was taken off its list at driver.groovy:23'         | ListChecks.POISON_FAULT
        'using a head that was spliced away'     | THREE + 'list_splice(queued, done); item d = new item(); list_add(d.node, queued)' || 'list-corruption'     | 'list_add() at queued, whose neighbour does not point back to it'                     | 'list_add corruption. next->prev should be prev'
        'deleting what was replaced'             | 'list_add(a.node, queued); list_replace(a.node, b.node); list_del(a.node)'      || 'list-corruption'      | 'list_del() of item.node, whose neighbour does not point back to it'                | 'list_del corruption. next->prev should be prev'
        'deleting in a loop'                     | THREE + 'for (item i : list_for_each_entry(queued, item, node)) list_del(i.node)' || 'list-changed-in-walk' | 'list_for_each_entry() of queued comes to item.node, which was taken off at driver.groovy:23' | ListChecks.POISON_FAULT
        'deleting and initialising in a loop'    | THREE + 'for (item i : list_for_each_entry(queued, item, node)) list_del_init(i.node)' || 'list-changed-in-walk' | 'list_for_each_entry() of queued stands still at item.node, which was taken off and initialised' | ListWalk.STUCK
        'moving in a loop'                       | THREE + 'for (item i : list_for_each_entry(queued, item, node)) list_move(i.node, done)' || 'list-changed-in-walk' | 'list_for_each_entry() of queued goes from item.node to done, which is on another list' | ListWalk.STUCK
        'deleting nodes in a loop'               | THREE + 'for (list_head p : list_for_each(queued)) list_del(p)'                 || 'list-changed-in-walk' | 'list_for_each() of queued comes to item.node, which was taken off at driver.groovy:23' | ListChecks.POISON_FAULT
        'deleting the next one in a safe loop'   | THREE + 'for (item i : list_for_each_entry_safe(queued, item, node)) list_del(i.n == 1 ? b.node : c.node)' || 'list-changed-in-walk' | 'list_for_each_entry_safe() of queued comes to item.node, which was taken off at driver.groovy:23' | ListChecks.POISON_FAULT
        'the first of none'                      | 'pr_info("%d\\n", list_first_entry(queued, item, node).n)'                      || 'entry-of-empty-list'  | 'list_first_entry() of queued, which is empty'                                        | 'BUG: unable to handle page fault for address'
        'the last of none'                       | 'pr_info("%d\\n", list_last_entry(queued, item, node).n)'                       || 'entry-of-empty-list'  | 'list_last_entry() of queued, which is empty'                                         | 'BUG: unable to handle page fault for address'
        'the next of the last'                   | THREE + 'pr_info("%d\\n", list_next_entry(c, node).n)'                        || 'oops'                 | 'list_next_entry() takes queued for member node of struct item in start()'            | 'BUG: unable to handle page fault for address'
        'the wrong member'                       | THREE + 'for (item i : list_for_each_entry(queued, item, link)) { }'            || 'oops'                 | 'list_for_each_entry() takes item.node for member link of struct item in start()'   | 'BUG: unable to handle page fault for address'
        'freeing in a loop'                      | THREE + 'for (item i : list_for_each_entry(queued, item, node)) kfree(i)'       || 'oops'                 | 'use of struct item after it was freed at driver.groovy:23 in start()'              | 'BUG: KASAN: slab-use-after-free'
        'freeing what is on a list'              | THREE + 'kfree(a); list_add(new item().node, queued)'                           || 'oops'                 | 'use of struct item after it was freed at driver.groovy:23 in start()'              | 'BUG: KASAN: slab-use-after-free'
        'a null entry'                           | 'list_add(null, queued)'                                                        || 'oops'                 | 'list_add() follows a NULL pointer in start()'                                      | 'BUG: kernel NULL pointer dereference'
        'no type'                                | THREE + 'list_entry(queued.next, null, node)'                                   || 'oops'                 | 'list_entry() follows a NULL pointer in start()'                                    | 'BUG: kernel NULL pointer dereference'
        'a loop over no type'                    | THREE + 'for (item i : list_for_each_entry(queued, null, node)) { }'            || 'oops'                 | 'list_for_each_entry() follows a NULL pointer in start()'                           | 'BUG: kernel NULL pointer dereference'
        'hashing twice'                          | 'hlist_add_head(a.link, bucket); hlist_add_head(a.link, bucket)'              || 'list-double-add'      | 'hlist_add_head() of item.link, which is on the list bucket already'                | ''
        'unhashing twice'                        | HASHED + 'hlist_del(a.link); hlist_del(a.link)'                               || 'list-not-linked'      | 'hlist_del() of item.link, which was taken off its list at driver.groovy:23'        | ListChecks.POISON_FAULT
        'unhashing what is on no list'           | 'hlist_del(a.link)'                                                           || 'list-not-linked'      | 'hlist_del() of item.link, which is on no list'                                     | 'BUG: kernel NULL pointer dereference'
        'unhashing in a loop'                    | HASHED + 'for (item i : hlist_for_each_entry(bucket, item, link)) hlist_del(i.link)' || 'list-changed-in-walk' | 'hlist_for_each_entry() of bucket comes to item.link, which was taken off at driver.groovy:23' | ListChecks.POISON_FAULT
        'the same, initialising'                 | HASHED + 'for (item i : hlist_for_each_entry(bucket, item, link)) hlist_del_init(i.link)' || 'list-changed-in-walk' | 'hlist_for_each_entry() of bucket comes to item.link, which was taken off, and ends there' | ''
    }

    def "a list mistake says what to write"() {
        when:
        lists THREE + 'for (item i : list_for_each_entry_reverse(queued, item, node)) list_del(i.node)'

        then:
        findings.first().advice() == 'write list_for_each_entry_safe_reverse(), take nothing off but the current entry, and hold the lock'
    }

    def "#code leaves the bucket #text"() {
        when:
        lists "$code; shows(bucket)"

        then:
        rules() == []
        dmesg().last() == text

        where:
        code                                                                                        || text
        HASHED                                                                                      || '(123)'
        HASHED + 'hlist_del(b.link)'                                                                || '(13)'
        HASHED + 'hlist_del(a.link); hlist_add_behind(a.link, c.link)'                              || '(231)'
        HASHED + 'hlist_del_init(c.link); hlist_del_init(c.link); hlist_add_before(c.link, a.link)' || '(312)'
        HASHED + 'INIT_HLIST_HEAD(bucket); hlist_add_head(b.link, bucket)'                          || '(2)'
        HASHED + 'for (item i : hlist_for_each_entry_safe(bucket, item, link)) if (i.n != 2) hlist_del(i.link)' || '(2)'
        HASHED + 'for (hlist_node p : hlist_for_each_safe(bucket)) hlist_del_init(p)'               || '()'
        HASHED + 'for (hlist_node p : hlist_for_each(bucket)) pr_info("%d\\n", hlist_entry(p, item, link).n)' || '(123)'
        HASHED + 'for (item i : hlist_for_each_entry(bucket, item, link)) if (i.n == 2) { hlist_del_init(i.link); break }' || '(13)'
        'if (!hlist_unhashed(a.link) || !hlist_empty(bucket)) hlist_add_head(a.link, bucket)'       || '()'
        'INIT_HLIST_NODE(a.link); if (hlist_unhashed(a.link)) hlist_add_head(a.link, bucket)'       || '(1)'
        HASHED + 'item d = hlist_entry_safe(c.link.next, item, link); if (d) hlist_del(d.link)'     || '(123)'
    }
}
