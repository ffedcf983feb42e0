/*
 * config - settings that are read all the time and hardly ever change.
 *
 * Shows: RCU. A reader takes no lock and sees either the old settings or the new ones; the writer waits until nobody can
 *        see the old ones any more before it frees them.
 * Run:   tophalf run samples/drivers/config/config.groovy
 *        tophalf explore samples/drivers/config/config.groovy
 */
MODULE_LICENSE('GPL')
MODULE_DESCRIPTION('Settings under RCU')

class settings {
    long volume
    long balance
    rcu_head rcu
}

settings current_settings               // readers: RCU; writers: change
DEFINE_MUTEX(change)
task_struct player

static int play(Object data) {
    while (!kthread_should_stop()) {
        rcu_read_lock()
        settings s = rcu_dereference(current_settings)
        long sum = s.volume
        cpu_relax()
        sum += s.balance
        rcu_read_unlock()
        if (sum != 10) pr_err('config: torn settings, %ld\n', sum)
        msleep(1)
    }
    return 0
}

static int set_volume(long volume) {
    settings fresh = kzalloc(settings, GFP_KERNEL)
    if (!fresh) return -ENOMEM
    fresh.volume = volume
    fresh.balance = 10 - volume
    mutex_lock(change)
    settings old = rcu_dereference_protected(current_settings, lockdep_is_held(change))
    rcu_assign_pointer(current_settings, fresh)
    mutex_unlock(change)
    if (old) {
        synchronize_rcu()
        kfree(old)
    }
    return 0
}

static int config_init() {
    int ret = set_volume(3)
    if (ret) return ret
    task_struct t = kthread_run(play, null, 'player')
    if (IS_ERR(t)) {
        kfree(current_settings)
        return PTR_ERR(t)
    }
    player = t
    for (int i = 4; i < 8; i++) {
        ret = set_volume(i)
        if (ret) pr_warn('config: the volume stays\n')
    }
    return 0
}
module_init(config_init)

static void config_exit() {
    kthread_stop(player)
    kfree(current_settings)             // nobody reads any more
}
module_exit(config_exit)
