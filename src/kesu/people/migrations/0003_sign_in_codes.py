from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_password_due'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='code',
            field=models.BinaryField(null=True),
        ),
    ]
