/*
 * lodge - a room that guests come to while its keeper gives it up.
 *
 * Shows: a look-up under RCU that takes its reference without asking.
 * Wrong: the room may have given back its last reference between the look and the reference.
 * Right: lodge.groovy
 * Run:   tophalf run samples/drivers/lodge/lodge_no_question.groovy
 *        tophalf explore samples/drivers/lodge/lodge_no_question.groovy
 */
MODULE_LICENSE('GPL')
MODULE_DESCRIPTION('Rooms with a count of who is in them')

class room {
    int number
    atomic_t visits
    refcount_t users
    list_head node
    rcu_head rcu
}

LIST_HEAD(rooms)                        // readers: RCU; writers: desk
DEFINE_SPINLOCK(desk)
task_struct guest

static void room_put(room r) {
    if (refcount_dec_and_test(r.users)) {
        pr_debug('lodge: room %d is empty\n', r.number)
        kfree_rcu(r, rcu)
    }
}

/* The room of that number, with a reference for the caller, or null. */
static room room_get(int number) {
    room found = null
    rcu_read_lock()
    for (room r : list_for_each_entry_rcu(rooms, room, node)) {
        if (r.number == number) {
            refcount_inc(r.users)       // explore: refcount-from-zero
            found = r
            break
        }
    }
    rcu_read_unlock()
    return found
}

static int open_room(int number) {
    room r = kzalloc(room, GFP_KERNEL)
    if (!r) return -ENOMEM
    r.number = number
    refcount_set(r.users, 1)            // the keeper's own
    spin_lock(desk)
    list_add_rcu(r.node, rooms)
    spin_unlock(desk)
    return 0
}

static void close_rooms() {
    spin_lock(desk)
    for (room r : list_for_each_entry_safe(rooms, room, node)) {
        list_del_rcu(r.node)
        room_put(r)
    }
    spin_unlock(desk)
}

static int visit(Object data) {
    for (int i = 0; i < 4; i++) {
        room r = room_get(7)
        if (r) {
            atomic_inc(r.visits)
            msleep(1)
            room_put(r)
        }
        cond_resched()
    }
    set_current_state(TASK_INTERRUPTIBLE)
    while (!kthread_should_stop()) {
        schedule()
        set_current_state(TASK_INTERRUPTIBLE)
    }
    __set_current_state(TASK_RUNNING)
    return 0
}

static int lodge_init() {
    int ret = open_room(7)
    if (ret) return ret
    task_struct t = kthread_run(visit, null, 'guest')
    if (IS_ERR(t)) {
        close_rooms()
        return PTR_ERR(t)
    }
    guest = t
    cond_resched()
    close_rooms()
    ret = open_room(7)
    if (ret) pr_warn('lodge: closed\n')
    return 0
}
module_init(lodge_init)

static void lodge_exit() {
    kthread_stop(guest)
    close_rooms()
}
module_exit(lodge_exit)
