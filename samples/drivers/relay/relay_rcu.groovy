/*
 * relay - tells its listeners of every press of the button, and they take their time.
 *
 * Shows: a reader that sleeps under RCU, which is for readers who do not.
 * Wrong: the thread sleeps between rcu_read_lock() and rcu_read_unlock().
 * Right: relay.groovy
 * Run:   tophalf run samples/drivers/relay/relay_rcu.groovy
 */
MODULE_LICENSE('GPL')
MODULE_DESCRIPTION('Tells listeners of presses')

class listener {
    int ms                              // how long it listens
    atomic_t told
    list_head node
}

class relay {
    __iomem regs                        // 0x04 STATUS, write 1 to clear; 0x08 ENABLE
    int irq
}

LIST_HEAD(listeners)                    // readers: RCU; writers: change
DEFINE_MUTEX(change)
atomic_long_t presses = ATOMIC_LONG_INIT(0)

static irqreturn_t relay_irq(int irq, Object dev_id) {
    relay r = dev_id
    if (!(readl(r.regs + 0x04) & 1)) return IRQ_NONE
    writel(1, r.regs + 0x04)
    atomic_long_inc(presses)
    return IRQ_WAKE_THREAD
}

static irqreturn_t relay_thread(int irq, Object dev_id) {
    rcu_read_lock()
    for (listener l : list_for_each_entry_rcu(listeners, listener, node)) {
        msleep(l.ms)                    // expect: rcu-sleep-in-reader
        atomic_inc(l.told)
    }
    rcu_read_unlock()
    return IRQ_HANDLED
}

static int add_listener(int ms) {
    listener l = kzalloc(listener, GFP_KERNEL)
    if (!l) return -ENOMEM
    l.ms = ms
    mutex_lock(change)
    list_add_tail_rcu(l.node, listeners)
    mutex_unlock(change)
    return 0
}

static void remove_first() {
    mutex_lock(change)
    listener l = list_first_entry_or_null(listeners, listener, node)
    if (l) list_del_rcu(l.node)
    mutex_unlock(change)
    if (!l) return
    synchronize_rcu()                   // nobody tells it any more
    pr_debug('relay: a listener leaves after %d\n', atomic_read(l.told))
    kfree(l)
}

static ssize_t listeners_show(device dev, device_attribute attr, ptr buf) {
    int count = 0
    mutex_lock(change)
    for (listener l : list_for_each_entry(listeners, listener, node)) count++
    mutex_unlock(change)
    return sysfs_emit(buf, '%d listeners, %ld presses\n', count, atomic_long_read(presses))
}

/* A number adds a listener that listens so many milliseconds, 0 removes the first. */
static ssize_t listeners_store(device dev, device_attribute attr, ptr buf, size_t count) {
    int_box ms = new int_box()
    int ret = kstrtoint(buf, 0, ms)
    if (ret) return ret
    if (ms.value < 0 || ms.value > 1000) return -EINVAL
    if (ms.value == 0) remove_first()
    else ret = add_listener(ms.value)
    return ret ? ret : count
}
DEVICE_ATTR_RW(listeners)

static int relay_probe(platform_device pdev) {
    relay r = devm_kzalloc(pdev.dev, relay, GFP_KERNEL)
    if (!r) return -ENOMEM
    r.regs = devm_platform_ioremap_resource(pdev, 0)
    if (IS_ERR(r.regs)) return PTR_ERR(r.regs)
    r.irq = platform_get_irq(pdev, 0)
    if (r.irq < 0) return r.irq
    platform_set_drvdata(pdev, r)
    int ret = add_listener(2)
    if (ret) return ret
    ret = devm_request_threaded_irq(pdev.dev, r.irq, relay_irq, relay_thread, 0, dev_name(pdev.dev), r)
    if (ret) {
        remove_first()
        return ret
    }
    writel(1, r.regs + 0x08)
    return 0
}

static void relay_remove(platform_device pdev) {
    relay r = platform_get_drvdata(pdev)
    writel(0, r.regs + 0x08)
    while (!list_empty(listeners)) remove_first()
}

platform_driver relay_driver = [
    probe : relay_probe,
    remove: relay_remove,
    driver: [name: 'relay', of_match_table: ['acme,button'], dev_groups: [dev_attr_listeners]],
]
module_platform_driver(relay_driver)
