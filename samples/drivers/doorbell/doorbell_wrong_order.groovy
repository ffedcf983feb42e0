/*
 * doorbell_wrong_order - the doorbell, stopped from the wrong end.
 *
 * Wrong: the work is cancelled while the timer and the handler can still queue it. One run says nothing: it takes an
 *        interrupt or a tick in between, which other schedules have.
 * Right: doorbell.groovy
 * Run:   tophalf explore samples/drivers/doorbell/doorbell_wrong_order.groovy --machine samples/machines/hall.dts
 */
MODULE_LICENSE('GPL')
MODULE_DESCRIPTION('A doorbell with a log')

class bell {
    __iomem regs                        // 0x04 STATUS, write 1 to clear; 0x08 ENABLE
    int irq
    spinlock_t lock                     // protects rings and ringing; taken by the handler
    int rings
    boolean ringing
    timer_list fade
    work_struct log
    mutex history                       // protects logged
    int logged
}

static irqreturn_t bell_irq(int irq, Object dev_id) {
    bell b = dev_id
    if (!(readl(b.regs + 0x04) & 1)) return IRQ_NONE
    writel(1, b.regs + 0x04)
    spin_lock(b.lock)
    b.rings++
    b.ringing = true
    spin_unlock(b.lock)
    mod_timer(b.fade, jiffies + 2)
    schedule_work(b.log)                // explore: work-after-free
    return IRQ_HANDLED
}

static void bell_fade(timer_list t) {
    bell b = from_timer(b, t, fade)
    long flags = spin_lock_irqsave(b.lock)
    b.ringing = false
    spin_unlock_irqrestore(b.lock, flags)
    schedule_work(b.log)
}

static void bell_log(work_struct work) {
    bell b = container_of(work, bell, log)
    long flags = spin_lock_irqsave(b.lock)
    int rings = b.rings
    spin_unlock_irqrestore(b.lock, flags)
    mutex_lock(b.history)
    b.logged = rings
    mutex_unlock(b.history)
}

static ssize_t rings_show(device dev, device_attribute attr, ptr buf) {
    bell b = dev_get_drvdata(dev)
    flush_work(b.log)                   // what rang before we came is in the log
    mutex_lock(b.history)
    int n = b.logged
    mutex_unlock(b.history)
    return sysfs_emit(buf, '%d\n', n)
}
DEVICE_ATTR_RO(rings)

static ssize_t reset_store(device dev, device_attribute attr, ptr buf, size_t count) {
    bell b = dev_get_drvdata(dev)
    long flags = spin_lock_irqsave(b.lock)
    b.rings = 0
    spin_unlock_irqrestore(b.lock, flags)
    schedule_work(b.log)
    return count
}
DEVICE_ATTR_WO(reset)

static int bell_probe(platform_device pdev) {
    __iomem regs = devm_platform_ioremap_resource(pdev, 0)
    if (IS_ERR(regs)) return PTR_ERR(regs)
    int irq = platform_get_irq(pdev, 0)
    if (irq < 0) return irq
    bell b = kzalloc(bell, GFP_KERNEL)
    if (!b) return -ENOMEM
    b.regs = regs
    b.irq = irq
    spin_lock_init(b.lock)
    mutex_init(b.history)
    timer_setup(b.fade, bell_fade, 0)
    INIT_WORK(b.log, bell_log)
    platform_set_drvdata(pdev, b)
    int ret = request_irq(irq, bell_irq, 0, dev_name(pdev.dev), b)
    if (ret) {
        kfree(b)
        return ret
    }
    writel(1, b.regs + 0x08)
    return 0
}

static void bell_remove(platform_device pdev) {
    bell b = platform_get_drvdata(pdev)
    writel(0, b.regs + 0x08)
    cancel_work_sync(b.log)
    timer_shutdown_sync(b.fade)
    free_irq(b.irq, b)
    kfree(b)                            // explore: lock-freed-while-held
}

platform_driver doorbell = [
    probe : bell_probe,
    remove: bell_remove,
    driver: [name: 'doorbell', of_match_table: ['acme,button'], dev_groups: [dev_attr_rings, dev_attr_reset]],
]
module_platform_driver(doorbell)
